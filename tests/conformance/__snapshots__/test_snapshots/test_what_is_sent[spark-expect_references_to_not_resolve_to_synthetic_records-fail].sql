-- keys of people who do not exist, or of whom nobody knows
(
  COALESCE(r0_influenced, 0) = 1
) OR (
  COALESCE(r1_influenced, 0) = 1
)

(
  (
    (
      (
        COALESCE(r0_found, 0) = 1
      )
      AND (
        NOT (
          COALESCE(r0_influenced, 0) = 1
        )
      )
    )
    AND (
      NOT (
        COALESCE(r0_real, 0) = 1
      )
    )
  )
)
OR (
  (
    (
      (
        COALESCE(r1_found, 0) = 1
      )
      AND (
        NOT (
          COALESCE(r1_influenced, 0) = 1
        )
      )
    )
    AND (
      NOT (
        COALESCE(r1_real, 0) = 1
      )
    )
  )
)

(
  c3 = 1
)
AND (
  NOT (
    (
      (
        COALESCE(r0_found, 0) = 1
      ) OR (
        COALESCE(r1_found, 0) = 1
      )
    )
  )
)

COALESCE(r2_influenced, 0) = 1

(
  (
    COALESCE(r2_found, 0) = 1
  )
  AND (
    NOT (
      COALESCE(r2_influenced, 0) = 1
    )
  )
)
AND (
  NOT (
    COALESCE(r2_real, 0) = 1
  )
)

(
  c4 = 1
) AND (
  NOT (
    COALESCE(r2_found, 0) = 1
  )
)
