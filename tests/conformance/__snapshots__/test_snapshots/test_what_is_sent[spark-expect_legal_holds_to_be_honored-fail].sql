-- held records that are gone
c2 = 1

(
  c3 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

COALESCE(r0_deleted, 0) = 1

c4 = 1

c5 = 1
