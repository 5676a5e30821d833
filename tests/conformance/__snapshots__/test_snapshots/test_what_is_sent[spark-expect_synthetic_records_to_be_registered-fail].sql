-- datasets that the registry does not vouch for
c4 = 1

(
  c5 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

(
  (
    COALESCE(r0_found, 0) = 1
  ) AND (
    c6 = 1
  )
)
AND (
  NOT (
    COALESCE(r1_then, 0) = 1
  )
)

(
  (
    COALESCE(r0_found, 0) = 1
  ) AND (
    c6 = 1
  )
)
AND (
  NOT (
    COALESCE(r2_then, 0) = 1
  )
)

(
  (
    COALESCE(r0_found, 0) = 1
  ) AND (
    c7 = 1
  )
)
AND (
  NOT (
    COALESCE(r3_found, 0) = 1
  )
)
