-- people who may not
(
  c4 = 1
) AND (
  COALESCE(r0_found, 0) = 1
)

(
  c5 = 1
) AND (
  COALESCE(r0_found, 0) = 1
)

(
  c6 = 1
) AND (
  COALESCE(r0_found, 0) = 1
)

(
  (
    c7 = 1
  ) AND (
    NOT (
      COALESCE(r1_found, 0) = 1
    )
  )
)
AND (
  COALESCE(r0_found, 0) = 1
)

(
  (
    (
      COALESCE(r1_found, 0) = 1
    ) AND (
      c8 = 1
    )
  )
  AND (
    NOT (
      COALESCE(r2_then, 0) = 1
    )
  )
)
AND (
  COALESCE(r0_found, 0) = 1
)

NOT (
  COALESCE(r0_found, 0) = 1
)
