-- influence that was not disclosed
c4 = 1

c5 = 1

(
  c6 = 1
) AND (
  NOT (
    COALESCE(r2_found, 0) = 1
  )
)

(
  COALESCE(r2_found, 0) = 1
) AND (
  NOT (
    COALESCE(r3_found, 0) = 1
  )
)

(
  COALESCE(r2_found, 0) = 1
) AND (
  COALESCE(r3_lost, 0) = 1
)

(
  COALESCE(r2_found, 0) = 1
) AND (
  COALESCE(r3_untagged, 0) = 1
)

(
  (
    (
      c7 = 1
    ) OR (
      COALESCE(r3_influenced, 0) = 1
    )
  )
)
AND (
  c8 = 1
)

(
  (
    (
      (
        c7 = 1
      ) OR (
        COALESCE(r3_influenced, 0) = 1
      )
    )
  )
  AND (
    c9 = 1
  )
)
AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

(
  (
    (
      (
        (
          c7 = 1
        ) OR (
          COALESCE(r3_influenced, 0) = 1
        )
      )
    )
    AND (
      c10 = 1
    )
  )
  AND (
    COALESCE(r0_found, 0) = 1
  )
)
AND (
  NOT (
    COALESCE(r1_then, 0) = 1
  )
)

(
  (
    (
      (
        c7 = 1
      ) OR (
        COALESCE(r3_influenced, 0) = 1
      )
    )
  )
  AND (
    c10 = 1
  )
)
AND (
  COALESCE(r1_then, 0) = 1
)
