-- a record that was cleared twice, spelled otherwise
(
  c2 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

(
  c3 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

c4 = 1

c5 = 1

(
  c6 = 1
) AND (
  COALESCE(r0_found, 0) = 1
)
