-- synthetic data that nobody allowed in time
c5 = 1

(
  c6 = 1
) AND (
  NOT (
    COALESCE(r0_found, 0) = 1
  )
)

COALESCE(r0_unlisted, 0) = 1

(
  (
    (
      COALESCE(r0_regulated, 0) = 1
    ) OR (
      COALESCE(r0_watched, 0) = 1
    )
  )
)
AND (
  c7 = 1
)

(
  (
    (
      (
        COALESCE(r0_regulated, 0) = 1
      ) OR (
        COALESCE(r0_watched, 0) = 1
      )
    )
  )
  AND (
    c8 = 1
  )
)
AND (
  NOT (
    COALESCE(r3_found, 0) = 1
  )
)

(
  (
    (
      (
        COALESCE(r0_regulated, 0) = 1
      ) OR (
        COALESCE(r0_watched, 0) = 1
      )
    )
  )
  AND (
    NOT (
      COALESCE(r3_influenced, 0) = 1
    )
  )
)
AND (
  COALESCE(r3_untagged, 0) = 1
)

(
  COALESCE(r3_influenced, 0) = 1
) AND (
  COALESCE(r0_undated, 0) = 1
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  c9 = 1
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  c10 = 1
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  c11 = 1
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  (
    c12 = 1
  ) AND (
    COALESCE(r1_then, 0) = 1
  )
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  c13 = 1
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  (
    c12 = 1
  )
  AND (
    (
      (
        (
          (
            c14 = 1
          ) AND (
            COALESCE(r2_then, 0) = 1
          )
        )
      )
      OR (
        c15 = 1
      )
    )
  )
)

(
  (
    (
      COALESCE(r3_influenced, 0) = 1
    ) AND (
      COALESCE(r0_deployed, 0) = 1
    )
  )
  AND (
    COALESCE(r0_regulated, 0) = 1
  )
)
AND (
  NOT (
    (
      (
        (
          (
            c16 = 1
          )
          OR (
            (
              (
                c12 = 1
              ) AND (
                COALESCE(r1_then, 0) = 1
              )
            )
          )
        )
        OR (
          c17 = 1
        )
      )
      OR (
        (
          (
            c12 = 1
          )
          AND (
            (
              (
                (
                  (
                    c14 = 1
                  ) AND (
                    COALESCE(r2_then, 0) = 1
                  )
                )
              )
              OR (
                c15 = 1
              )
            )
          )
        )
      )
    )
  )
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  c9 = 1
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  c10 = 1
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  c11 = 1
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  (
    c12 = 1
  ) AND (
    COALESCE(r1_then, 0) = 1
  )
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  c13 = 1
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  (
    c12 = 1
  )
  AND (
    (
      (
        (
          (
            c14 = 1
          ) AND (
            COALESCE(r2_then, 0) = 1
          )
        )
      )
      OR (
        c15 = 1
      )
    )
  )
)

(
  (
    (
      (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_deployed, 0) = 1
      )
    )
    AND (
      COALESCE(r0_watched, 0) = 1
    )
  )
  AND (
    NOT (
      COALESCE(r0_regulated, 0) = 1
    )
  )
)
AND (
  NOT (
    (
      (
        (
          (
            c16 = 1
          )
          OR (
            (
              (
                c12 = 1
              ) AND (
                COALESCE(r1_then, 0) = 1
              )
            )
          )
        )
        OR (
          c17 = 1
        )
      )
      OR (
        (
          (
            c12 = 1
          )
          AND (
            (
              (
                (
                  (
                    c14 = 1
                  ) AND (
                    COALESCE(r2_then, 0) = 1
                  )
                )
              )
              OR (
                c15 = 1
              )
            )
          )
        )
      )
    )
  )
)

(
  (
    (
      (
        COALESCE(r0_regulated, 0) = 1
      ) OR (
        COALESCE(r0_watched, 0) = 1
      )
    )
  )
  AND (
    COALESCE(r3_influenced, 0) = 1
  )
)
AND (
  NOT (
    COALESCE(r0_deployed, 0) = 1
  )
)

NOT (
  COALESCE(r0_found, 0) = 1
)
