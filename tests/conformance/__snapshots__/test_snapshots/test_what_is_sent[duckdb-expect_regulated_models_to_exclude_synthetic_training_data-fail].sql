-- synthetic data that nobody allowed in time
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(synth_m6, '') AS k1,
    COALESCE(synth_m0, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t2,
    COALESCE(synth_m1, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t3,
    NULLIF(synth_m4, '') AS k4,
    CASE WHEN (
      "model" IS NULL OR synth_m6 = ''
    ) THEN 1 ELSE 0 END AS c5,
    CASE WHEN NOT (
      "model" IS NULL OR synth_m6 = ''
    ) THEN 1 ELSE 0 END AS c6,
    CASE WHEN (
      "data" IS NULL OR synth_m4 = ''
    ) THEN 1 ELSE 0 END AS c7,
    CASE WHEN NOT (
      "data" IS NULL OR synth_m4 = ''
    ) THEN 1 ELSE 0 END AS c8,
    CASE
      WHEN (
        "approver" IS NULL OR synth_m8 = ''
      )
      OR (
        "approved" IS NULL OR synth_m2 = ''
      )
      THEN 1
      ELSE 0
    END AS c9,
    CASE
      WHEN NOT (
        "approver" IS NULL OR synth_m8 = ''
      )
      AND (
        "trainer" IS NULL OR synth_m9 = ''
      )
      THEN 1
      ELSE 0
    END AS c10,
    CASE
      WHEN NOT (
        "approver" IS NULL OR synth_m8 = ''
      )
      AND NULLIF(synth_m9, '') = NULLIF(synth_m8, '')
      THEN 1
      ELSE 0
    END AS c11,
    CASE WHEN NOT (
      "approver" IS NULL OR synth_m8 = ''
    ) THEN 1 ELSE 0 END AS c12,
    CASE
      WHEN NOT (
        "approved" IS NULL OR synth_m2 = ''
      ) AND (
        synth_m0 IS NULL
      )
      THEN 1
      ELSE 0
    END AS c13,
    CASE WHEN synth_m1 < CAST('2026-11-22 12:00:00' AS TIMESTAMP) THEN 1 ELSE 0 END AS c14,
    CASE
      WHEN (
        NOT (
          "expires" IS NULL OR synth_m5 = ''
        ) AND (
          synth_m1 IS NULL
        )
      )
      THEN 1
      ELSE 0
    END AS c15,
    CASE
      WHEN (
        (
          "approver" IS NULL OR synth_m8 = ''
        )
        OR (
          "approved" IS NULL OR synth_m2 = ''
        )
      )
      OR (
        NOT (
          "approver" IS NULL OR synth_m8 = ''
        )
        AND (
          "trainer" IS NULL OR synth_m9 = ''
        )
      )
      OR (
        NOT (
          "approver" IS NULL OR synth_m8 = ''
        )
        AND NULLIF(synth_m9, '') = NULLIF(synth_m8, '')
      )
      THEN 1
      ELSE 0
    END AS c16,
    CASE
      WHEN (
        NOT (
          "approved" IS NULL OR synth_m2 = ''
        ) AND (
          synth_m0 IS NULL
        )
      )
      THEN 1
      ELSE 0
    END AS c17
  FROM (
    SELECT
      "approved",
      "approver",
      "data",
      "expires",
      "id",
      "model",
      "trainer",
      CASE
        WHEN REGEXP_MATCHES(
          "approved",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("approved") = 10
              THEN "approved" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("approved", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "approved"
              ELSE "approved" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN REGEXP_MATCHES(
          "expires",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("expires") = 10
              THEN "expires" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("expires", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "expires"
              ELSE "expires" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m1,
      CASE
        WHEN SUBSTRING("approved", -1) BETWEEN '!' AND '~' AND "approved" BETWEEN '!' AND '~'
        THEN "approved"
        ELSE TRIM("approved", '{white space}')
      END AS synth_m2,
      CASE
        WHEN SUBSTRING("approver", -1) BETWEEN '!' AND '~' AND "approver" BETWEEN '!' AND '~'
        THEN "approver"
        ELSE TRIM("approver", '{white space}')
      END AS synth_m3,
      CASE
        WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
        THEN "data"
        ELSE TRIM("data", '{white space}')
      END AS synth_m4,
      CASE
        WHEN SUBSTRING("expires", -1) BETWEEN '!' AND '~' AND "expires" BETWEEN '!' AND '~'
        THEN "expires"
        ELSE TRIM("expires", '{white space}')
      END AS synth_m5,
      CASE
        WHEN SUBSTRING("model", -1) BETWEEN '!' AND '~' AND "model" BETWEEN '!' AND '~'
        THEN "model"
        ELSE TRIM("model", '{white space}')
      END AS synth_m6,
      CASE
        WHEN SUBSTRING("trainer", -1) BETWEEN '!' AND '~' AND "trainer" BETWEEN '!' AND '~'
        THEN "trainer"
        ELSE TRIM("trainer", '{white space}')
      END AS synth_m7,
      LOWER(
        CASE
          WHEN SUBSTRING("approver", -1) BETWEEN '!' AND '~' AND "approver" BETWEEN '!' AND '~'
          THEN "approver"
          ELSE TRIM("approver", '{white space}')
        END
      ) AS synth_m8,
      LOWER(
        CASE
          WHEN SUBSTRING("trainer", -1) BETWEEN '!' AND '~' AND "trainer" BETWEEN '!' AND '~'
          THEN "trainer"
          ELSE TRIM("trainer", '{white space}')
        END
      ) AS synth_m9
    FROM batch
  ) AS batch
  WHERE
    TRUE
)
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(c4) AS n4,
  COUNT(c5) AS n5,
  COUNT(c6) AS n6,
  COUNT(c7) AS n7,
  COUNT(c8) AS n8,
  COUNT(c9) AS n9,
  COUNT(c10) AS n10,
  COUNT(c11) AS n11,
  COUNT(c12) AS n12,
  COUNT(c13) AS n13,
  COUNT(c14) AS n14,
  COUNT(c15) AS n15,
  COUNT(c16) AS n16,
  COUNT(c17) AS n17,
  COUNT(c18) AS n18,
  COUNT(c19) AS n19,
  COUNT(c20) AS n20,
  COUNT(c21) AS n21,
  COUNT(
    COALESCE(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12, c14, c15, c16, c17, c18, c19)
  ) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5,
  MIN(CASE WHEN NOT c6 IS NULL THEN k END, 20) AS k6,
  MIN(CASE WHEN NOT c7 IS NULL THEN k END, 20) AS k7,
  MIN(CASE WHEN NOT c8 IS NULL THEN k END, 20) AS k8,
  MIN(CASE WHEN NOT c9 IS NULL THEN k END, 20) AS k9,
  MIN(CASE WHEN NOT c10 IS NULL THEN k END, 20) AS k10,
  MIN(CASE WHEN NOT c11 IS NULL THEN k END, 20) AS k11,
  MIN(CASE WHEN NOT c12 IS NULL THEN k END, 20) AS k12,
  MIN(CASE WHEN NOT c14 IS NULL THEN k END, 20) AS k14,
  MIN(CASE WHEN NOT c15 IS NULL THEN k END, 20) AS k15,
  MIN(CASE WHEN NOT c16 IS NULL THEN k END, 20) AS k16,
  MIN(CASE WHEN NOT c17 IS NULL THEN k END, 20) AS k17,
  MIN(CASE WHEN NOT c18 IS NULL THEN k END, 20) AS k18,
  MIN(CASE WHEN NOT c19 IS NULL THEN k END, 20) AS k19
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c5 = 1 THEN 1 END AS c0,
    CASE WHEN (
      c6 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c1,
    CASE WHEN COALESCE(r0_unlisted, 0) = 1 THEN 1 END AS c2,
    CASE
      WHEN (
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
      THEN 1
    END AS c3,
    CASE
      WHEN (
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
      THEN 1
    END AS c4,
    CASE
      WHEN (
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
      THEN 1
    END AS c5,
    CASE
      WHEN (
        COALESCE(r3_influenced, 0) = 1
      ) AND (
        COALESCE(r0_undated, 0) = 1
      )
      THEN 1
    END AS c6,
    CASE
      WHEN (
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
      THEN 1
    END AS c7,
    CASE
      WHEN (
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
      THEN 1
    END AS c8,
    CASE
      WHEN (
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
      THEN 1
    END AS c9,
    CASE
      WHEN (
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
      THEN 1
    END AS c10,
    CASE
      WHEN (
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
      THEN 1
    END AS c11,
    CASE
      WHEN (
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
      THEN 1
    END AS c12,
    CASE
      WHEN (
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
      THEN 1
    END AS c13,
    CASE
      WHEN (
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
      THEN 1
    END AS c14,
    CASE
      WHEN (
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
      THEN 1
    END AS c15,
    CASE
      WHEN (
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
      THEN 1
    END AS c16,
    CASE
      WHEN (
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
      THEN 1
    END AS c17,
    CASE
      WHEN (
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
      THEN 1
    END AS c18,
    CASE
      WHEN (
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
      THEN 1
    END AS c19,
    CASE
      WHEN (
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
      THEN 1
    END AS c20,
    CASE
      WHEN (
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
      THEN 1
    END AS c21
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_regulated = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_regulated,
      MAX(CASE WHEN is_watched = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_watched,
      MAX(CASE WHEN is_unlisted = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_unlisted,
      MAX(CASE WHEN is_deployed = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_deployed,
      MAX(CASE WHEN is_undated = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_undated
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("decides", '{white space}')) = 'credit_scoring'
          THEN 1
          ELSE 0
        END AS is_regulated,
        CASE WHEN LOWER(TRIM("decides", '{white space}')) = 'fraud' THEN 1 ELSE 0 END AS is_watched,
        CASE
          WHEN NOT COALESCE(
            LOWER(TRIM("decides", '{white space}')) IN ('credit_scoring', 'discount', 'fraud'),
            FALSE
          )
          THEN 1
          ELSE 0
        END AS is_unlisted,
        CASE
          WHEN LOWER(TRIM("decides", '{white space}')) IN ('credit_scoring', 'fraud')
          AND NOT (
            "deployed" IS NULL
            OR CASE
              WHEN SUBSTRING("deployed", -1) BETWEEN '!' AND '~' AND "deployed" BETWEEN '!' AND '~'
              THEN "deployed"
              ELSE TRIM("deployed", '{white space}')
            END = ''
          )
          AND NOT COALESCE(
            CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
              WHEN REGEXP_MATCHES(
                "deployed",
                '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
              )
              THEN MAKE_TIMESTAMP(
                EPOCH_US(
                  CAST(CASE
                    WHEN LENGTH("deployed") = 10
                    THEN "deployed" || ' 00:00:00Z'
                    WHEN REGEXP_MATCHES("deployed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                    THEN "deployed"
                    ELSE "deployed" || 'Z'
                  END AS TIMESTAMPTZ)
                )
              )
            END,
            FALSE
          )
          THEN 1
          ELSE 0
        END AS is_deployed,
        CASE
          WHEN LOWER(TRIM("decides", '{white space}')) IN ('credit_scoring', 'fraud')
          AND NOT (
            "deployed" IS NULL
            OR CASE
              WHEN SUBSTRING("deployed", -1) BETWEEN '!' AND '~' AND "deployed" BETWEEN '!' AND '~'
              THEN "deployed"
              ELSE TRIM("deployed", '{white space}')
            END = ''
          )
          AND (
            CASE
              WHEN REGEXP_MATCHES(
                "deployed",
                '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
              )
              THEN MAKE_TIMESTAMP(
                EPOCH_US(
                  CAST(CASE
                    WHEN LENGTH("deployed") = 10
                    THEN "deployed" || ' 00:00:00Z'
                    WHEN REGEXP_MATCHES("deployed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                    THEN "deployed"
                    ELSE "deployed" || 'Z'
                  END AS TIMESTAMPTZ)
                )
              )
            END IS NULL
          )
          THEN 1
          ELSE 0
        END AS is_undated
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r0_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r0_rows
    GROUP BY
      r0_rows.ref_key
  ) AS r0
    ON synth_records.k1 = r0.r0_key
  LEFT OUTER JOIN (
    SELECT
      r1_rows.ref_key AS r1_key,
      r1_asked.asked_at AS r1_at,
      1 AS r1_found,
      MAX(
        CASE
          WHEN is_then = 1 AND (
            valid_from IS NULL OR valid_from <= asked_at
          )
          THEN 1
          ELSE 0
        END
      ) AS r1_then
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r1_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("decides", '{white space}')) IN ('credit_scoring', 'fraud')
          AND NOT CASE
            WHEN REGEXP_MATCHES(
              "deployed",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("deployed") = 10
                  THEN "deployed" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("deployed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "deployed"
                  ELSE "deployed" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "deployed",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("deployed") = 10
                THEN "deployed" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("deployed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "deployed"
                ELSE "deployed" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_from
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r1_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r1_rows
      ON r1_asked.asked_key = r1_rows.ref_key
    GROUP BY
      r1_rows.ref_key,
      r1_asked.asked_at
  ) AS r1
    ON synth_records.k1 = r1.r1_key AND synth_records.t2 = r1.r1_at
  LEFT OUTER JOIN (
    SELECT
      r2_rows.ref_key AS r2_key,
      r2_asked.asked_at AS r2_at,
      1 AS r2_found,
      MAX(
        CASE
          WHEN is_then = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r2_then
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t3 AS asked_at
      FROM synth_records
    ) AS r2_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("decides", '{white space}')) IN ('credit_scoring', 'fraud')
          AND NOT CASE
            WHEN REGEXP_MATCHES(
              "deployed",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("deployed") = 10
                  THEN "deployed" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("deployed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "deployed"
                  ELSE "deployed" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "retired",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("retired") = 10
                THEN "retired" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("retired", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "retired"
                ELSE "retired" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_until
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r2_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r2_rows
      ON r2_asked.asked_key = r2_rows.ref_key
    GROUP BY
      r2_rows.ref_key,
      r2_asked.asked_at
  ) AS r2
    ON synth_records.k1 = r2.r2_key AND synth_records.t3 = r2.r2_at
  LEFT OUTER JOIN (
    SELECT
      r3_rows.ref_key AS r3_key,
      1 AS r3_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r3_influenced,
      MAX(CASE WHEN is_untagged = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r3_untagged
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN LOWER(TRIM("kind", '{white space}')) IN ('augmented', 'synthetic')
          THEN 1
          ELSE 0
        END AS is_influenced,
        CASE
          WHEN NOT COALESCE(LOWER(TRIM("kind", '{white space}')) IN ('augmented', 'synthetic'), FALSE)
          AND NOT COALESCE(LOWER(TRIM("kind", '{white space}')) = 'real', FALSE)
          THEN 1
          ELSE 0
        END AS is_untagged
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("dataset_id", -1) BETWEEN '!' AND '~'
              AND "dataset_id" BETWEEN '!' AND '~'
              THEN "dataset_id"
              ELSE TRIM("dataset_id", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_2
      ) AS r3_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k4
          FROM synth_records
        )
    ) AS r3_rows
    GROUP BY
      r3_rows.ref_key
  ) AS r3
    ON synth_records.k4 = r3.r3_key
) AS synth_flags

WITH synth_records AS (
  SELECT
    "model_id" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
        THEN "model_id"
        ELSE TRIM("model_id", '{white space}')
      END,
      ''
    ) AS k1
  FROM (
    SELECT
      "model_id"
    FROM reference_1
    WHERE
      LOWER(TRIM("decides", '{white space}')) IN ('credit_scoring', 'fraud')
      AND NOT (
        "deployed" IS NULL
        OR CASE
          WHEN SUBSTRING("deployed", -1) BETWEEN '!' AND '~' AND "deployed" BETWEEN '!' AND '~'
          THEN "deployed"
          ELSE TRIM("deployed", '{white space}')
        END = ''
      )
      AND NOT COALESCE(
        CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
          WHEN REGEXP_MATCHES(
            "deployed",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("deployed") = 10
                THEN "deployed" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("deployed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "deployed"
                ELSE "deployed" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END,
        FALSE
      )
  ) AS batch
  WHERE
    TRUE
)
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c0) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0
FROM (
  SELECT
    record_key AS k,
    CASE WHEN NOT (
      COALESCE(r0_found, 0) = 1
    ) THEN 1 END AS c0
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model", -1) BETWEEN '!' AND '~' AND "model" BETWEEN '!' AND '~'
              THEN "model"
              ELSE TRIM("model", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM batch
      ) AS r0_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r0_rows
    GROUP BY
      r0_rows.ref_key
  ) AS r0
    ON synth_records.k1 = r0.r0_key
) AS synth_flags
