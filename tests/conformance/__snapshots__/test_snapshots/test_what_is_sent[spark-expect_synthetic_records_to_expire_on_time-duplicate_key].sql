-- placed, released, and placed again
c2 = 1

(
  c3 = 1
) AND (
  NOT (
    COALESCE(r0_active, 0) = 1
  )
)

(
  c4 = 1
) AND (
  NOT (
    COALESCE(r0_active, 0) = 1
  )
)

c5 = 1

(
  c6 = 1
) AND (
  COALESCE(r0_active, 0) = 1
)
