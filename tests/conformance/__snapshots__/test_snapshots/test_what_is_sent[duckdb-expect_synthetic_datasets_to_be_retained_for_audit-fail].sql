-- datasets that were deleted too early, or cannot be restored
WITH synth_records AS (
  SELECT
    "dataset" AS record_key,
    NULLIF(synth_m1, '') AS k1,
    COALESCE(synth_m0, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t2,
    CASE WHEN (
      "dataset" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c3,
    CASE
      WHEN NOT (
        "deleted" IS NULL
        OR CASE
          WHEN SUBSTRING("deleted", -1) BETWEEN '!' AND '~' AND "deleted" BETWEEN '!' AND '~'
          THEN "deleted"
          ELSE TRIM("deleted", '{white space}')
        END = ''
      )
      AND (
        synth_m0 IS NULL
      )
      THEN 1
      ELSE 0
    END AS c4,
    CASE
      WHEN NOT synth_m0 IS NULL
      AND NOT COALESCE(CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      AND synth_m3 = 'analytics'
      THEN 1
      ELSE 0
    END AS c5,
    CASE
      WHEN NOT synth_m0 IS NULL
      AND NOT COALESCE(CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      AND synth_m3 = 'testing'
      THEN 1
      ELSE 0
    END AS c6,
    CASE
      WHEN NOT synth_m0 IS NULL
      AND NOT COALESCE(CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      AND synth_m3 = 'training'
      THEN 1
      ELSE 0
    END AS c7,
    CASE
      WHEN NOT COALESCE(synth_m3 IN ('analytics', 'testing', 'training'), FALSE)
      THEN 1
      ELSE 0
    END AS c8,
    CASE
      WHEN NOT synth_m0 IS NULL
      AND NOT COALESCE(CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      THEN 1
      ELSE 0
    END AS c9,
    CASE
      WHEN NOT (
        NOT synth_m0 IS NULL
        AND NOT COALESCE(CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      )
      AND (
        (
          "snapshot" IS NULL OR synth_m5 = ''
        )
        OR synth_m5 IN (
          '-',
          '--',
          '.',
          '0',
          '0.0',
          '?',
          'default',
          'dummy',
          'false',
          'fixme',
          'n.a.',
          'n/a',
          'na',
          'nan',
          'nil',
          'none',
          'not available',
          'null',
          'placeholder',
          'tba',
          'tbc',
          'tbd',
          'test',
          'todo',
          'unknown',
          'unspecified',
          'xxx'
        )
      )
      THEN 1
      ELSE 0
    END AS c10,
    CASE
      WHEN NOT (
        NOT synth_m0 IS NULL
        AND NOT COALESCE(CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0, FALSE)
      )
      AND (
        (
          "checksum" IS NULL OR synth_m2 = ''
        )
        OR synth_m2 IN (
          '-',
          '--',
          '.',
          '0',
          '0.0',
          '?',
          'default',
          'dummy',
          'false',
          'fixme',
          'n.a.',
          'n/a',
          'na',
          'nan',
          'nil',
          'none',
          'not available',
          'null',
          'placeholder',
          'tba',
          'tbc',
          'tbd',
          'test',
          'todo',
          'unknown',
          'unspecified',
          'xxx'
        )
      )
      THEN 1
      ELSE 0
    END AS c11
  FROM (
    SELECT
      "checksum",
      "class",
      "dataset",
      "deleted",
      "kind",
      "snapshot",
      CASE
        WHEN REGEXP_MATCHES(
          "deleted",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("deleted") = 10
              THEN "deleted" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("deleted", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "deleted"
              ELSE "deleted" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
        THEN "dataset"
        ELSE TRIM("dataset", '{white space}')
      END AS synth_m1,
      LOWER(TRIM("checksum", '{white space}')) AS synth_m2,
      LOWER(TRIM("class", '{white space}')) AS synth_m3,
      LOWER(TRIM("kind", '{white space}')) AS synth_m4,
      LOWER(TRIM("snapshot", '{white space}')) AS synth_m5
    FROM batch
    WHERE
      NOT COALESCE(LOWER(TRIM("kind", '{white space}')) = 'real', FALSE)
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
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5,
  MIN(CASE WHEN NOT c6 IS NULL THEN k END, 20) AS k6,
  MIN(CASE WHEN NOT c7 IS NULL THEN k END, 20) AS k7,
  MIN(CASE WHEN NOT c8 IS NULL THEN k END, 20) AS k8,
  MIN(CASE WHEN NOT c9 IS NULL THEN k END, 20) AS k9
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c3 = 1 THEN 1 END AS c0,
    CASE WHEN c4 = 1 THEN 1 END AS c1,
    CASE
      WHEN (
        c5 = 1
      )
      AND (
        (
          COALESCE(r4_then, 0) = 1
        ) OR (
          COALESCE(r5_then, 0) = 1
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        c6 = 1
      )
      AND (
        (
          COALESCE(r2_then, 0) = 1
        ) OR (
          COALESCE(r3_then, 0) = 1
        )
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        c7 = 1
      )
      AND (
        (
          COALESCE(r4_then, 0) = 1
        ) OR (
          COALESCE(r5_then, 0) = 1
        )
      )
      THEN 1
    END AS c4,
    CASE WHEN c8 = 1 THEN 1 END AS c5,
    CASE WHEN (
      c9 = 1
    ) AND (
      COALESCE(r0_undated, 0) = 1
    ) THEN 1 END AS c6,
    CASE WHEN (
      c9 = 1
    ) AND (
      COALESCE(r1_lost, 0) = 1
    ) THEN 1 END AS c7,
    CASE WHEN c10 = 1 THEN 1 END AS c8,
    CASE WHEN c11 = 1 THEN 1 END AS c9,
    CASE WHEN (
      c9 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c10
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      MAX(CASE WHEN is_undated = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r0_undated
    FROM (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN CASE
            WHEN REGEXP_MATCHES(
              "ended",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("ended") = 10
                  THEN "ended" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "ended"
                  ELSE "ended" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_undated
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
              THEN "data"
              ELSE TRIM("data", '{white space}')
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
      1 AS r1_found,
      MAX(CASE WHEN is_then = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_then,
      MAX(CASE WHEN is_lost = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_lost
    FROM (
      SELECT
        r1_between.ref_key AS ref_key,
        CASE WHEN (
          r1_end.ref_key IS NULL
        ) THEN 1 ELSE 0 END AS is_lost,
        r1_end.is_then AS is_then
      FROM (
        SELECT
          r1_all.ref_key AS ref_key,
          r1_all.leads_to AS leads_to
        FROM (
          SELECT
            NULLIF(
              CASE
                WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
                THEN "data"
                ELSE TRIM("data", '{white space}')
              END,
              ''
            ) AS ref_key,
            NULLIF(
              CASE
                WHEN SUBSTRING("model", -1) BETWEEN '!' AND '~' AND "model" BETWEEN '!' AND '~'
                THEN "model"
                ELSE TRIM("model", '{white space}')
              END,
              ''
            ) AS leads_to
          FROM reference_1
        ) AS r1_all
        WHERE
          r1_all.ref_key IN (
            SELECT
              synth_records.k1
            FROM synth_records
          )
      ) AS r1_between
      LEFT OUTER JOIN (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS ref_key,
          CASE
            WHEN NOT (
              "model_id" IS NULL
              OR CASE
                WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
                THEN "model_id"
                ELSE TRIM("model_id", '{white space}')
              END = ''
            )
            THEN 1
            ELSE 0
          END AS is_then
        FROM reference_2
      ) AS r1_end
        ON r1_between.leads_to = r1_end.ref_key
    ) AS r1_rows
    GROUP BY
      r1_rows.ref_key
  ) AS r1
    ON synth_records.k1 = r1.r1_key
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
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r2_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT CASE
            WHEN REGEXP_MATCHES(
              "ended",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("ended") = 10
                  THEN "ended" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "ended"
                  ELSE "ended" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "ended",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("ended") = 10
                THEN "ended" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "ended"
                ELSE "ended" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_until
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
              THEN "data"
              ELSE TRIM("data", '{white space}')
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
    ON synth_records.k1 = r2.r2_key AND synth_records.t2 = r2.r2_at
  LEFT OUTER JOIN (
    SELECT
      r3_rows.ref_key AS r3_key,
      r3_asked.asked_at AS r3_at,
      1 AS r3_found,
      MAX(
        CASE
          WHEN is_then = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r3_then,
      MAX(
        CASE
          WHEN is_lost = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r3_lost
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r3_asked
    JOIN (
      SELECT
        r3_between.ref_key AS ref_key,
        CASE WHEN (
          r3_end.ref_key IS NULL
        ) THEN 1 ELSE 0 END AS is_lost,
        r3_end.is_then AS is_then,
        r3_end.valid_until AS valid_until
      FROM (
        SELECT
          r3_all.ref_key AS ref_key,
          r3_all.leads_to AS leads_to
        FROM (
          SELECT
            NULLIF(
              CASE
                WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
                THEN "data"
                ELSE TRIM("data", '{white space}')
              END,
              ''
            ) AS ref_key,
            NULLIF(
              CASE
                WHEN SUBSTRING("model", -1) BETWEEN '!' AND '~' AND "model" BETWEEN '!' AND '~'
                THEN "model"
                ELSE TRIM("model", '{white space}')
              END,
              ''
            ) AS leads_to
          FROM reference_1
        ) AS r3_all
        WHERE
          r3_all.ref_key IN (
            SELECT
              synth_records.k1
            FROM synth_records
          )
      ) AS r3_between
      LEFT OUTER JOIN (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS ref_key,
          CASE
            WHEN NOT (
              "model_id" IS NULL
              OR CASE
                WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
                THEN "model_id"
                ELSE TRIM("model_id", '{white space}')
              END = ''
            )
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
        FROM reference_2
      ) AS r3_end
        ON r3_between.leads_to = r3_end.ref_key
    ) AS r3_rows
      ON r3_asked.asked_key = r3_rows.ref_key
    GROUP BY
      r3_rows.ref_key,
      r3_asked.asked_at
  ) AS r3
    ON synth_records.k1 = r3.r3_key AND synth_records.t2 = r3.r3_at
  LEFT OUTER JOIN (
    SELECT
      r4_rows.ref_key AS r4_key,
      r4_asked.asked_at AS r4_at,
      1 AS r4_found,
      MAX(
        CASE
          WHEN is_then = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r4_then
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r4_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT CASE
            WHEN REGEXP_MATCHES(
              "ended",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("ended") = 10
                  THEN "ended" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "ended"
                  ELSE "ended" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        (
          CASE
            WHEN REGEXP_MATCHES(
              "ended",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("ended") = 10
                  THEN "ended" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("ended", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "ended"
                  ELSE "ended" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END + INTERVAL '6' MONTH
        ) AS valid_until
      FROM (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
              THEN "data"
              ELSE TRIM("data", '{white space}')
            END,
            ''
          ) AS synth_key,
          *
        FROM reference_1
      ) AS r4_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k1
          FROM synth_records
        )
    ) AS r4_rows
      ON r4_asked.asked_key = r4_rows.ref_key
    GROUP BY
      r4_rows.ref_key,
      r4_asked.asked_at
  ) AS r4
    ON synth_records.k1 = r4.r4_key AND synth_records.t2 = r4.r4_at
  LEFT OUTER JOIN (
    SELECT
      r5_rows.ref_key AS r5_key,
      r5_asked.asked_at AS r5_at,
      1 AS r5_found,
      MAX(
        CASE
          WHEN is_then = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r5_then,
      MAX(
        CASE
          WHEN is_lost = 1 AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r5_lost
    FROM (
      SELECT DISTINCT
        synth_records.k1 AS asked_key,
        synth_records.t2 AS asked_at
      FROM synth_records
    ) AS r5_asked
    JOIN (
      SELECT
        r5_between.ref_key AS ref_key,
        CASE WHEN (
          r5_end.ref_key IS NULL
        ) THEN 1 ELSE 0 END AS is_lost,
        r5_end.is_then AS is_then,
        r5_end.valid_until AS valid_until
      FROM (
        SELECT
          r5_all.ref_key AS ref_key,
          r5_all.leads_to AS leads_to
        FROM (
          SELECT
            NULLIF(
              CASE
                WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
                THEN "data"
                ELSE TRIM("data", '{white space}')
              END,
              ''
            ) AS ref_key,
            NULLIF(
              CASE
                WHEN SUBSTRING("model", -1) BETWEEN '!' AND '~' AND "model" BETWEEN '!' AND '~'
                THEN "model"
                ELSE TRIM("model", '{white space}')
              END,
              ''
            ) AS leads_to
          FROM reference_1
        ) AS r5_all
        WHERE
          r5_all.ref_key IN (
            SELECT
              synth_records.k1
            FROM synth_records
          )
      ) AS r5_between
      LEFT OUTER JOIN (
        SELECT
          NULLIF(
            CASE
              WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
              THEN "model_id"
              ELSE TRIM("model_id", '{white space}')
            END,
            ''
          ) AS ref_key,
          CASE
            WHEN NOT (
              "model_id" IS NULL
              OR CASE
                WHEN SUBSTRING("model_id", -1) BETWEEN '!' AND '~' AND "model_id" BETWEEN '!' AND '~'
                THEN "model_id"
                ELSE TRIM("model_id", '{white space}')
              END = ''
            )
            THEN 1
            ELSE 0
          END AS is_then,
          (
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
            END + INTERVAL '6' MONTH
          ) AS valid_until
        FROM reference_2
      ) AS r5_end
        ON r5_between.leads_to = r5_end.ref_key
    ) AS r5_rows
      ON r5_asked.asked_key = r5_rows.ref_key
    GROUP BY
      r5_rows.ref_key,
      r5_asked.asked_at
  ) AS r5
    ON synth_records.k1 = r5.r5_key AND synth_records.t2 = r5.r5_at
) AS synth_flags

WITH synth_records AS (
  SELECT
    "run" AS record_key,
    NULLIF(synth_m0, '') AS k1,
    CASE WHEN (
      "data" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c2,
    CASE WHEN NOT (
      "data" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c3
  FROM (
    SELECT
      "data",
      "run",
      CASE
        WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
        THEN "data"
        ELSE TRIM("data", '{white space}')
      END AS synth_m0
    FROM reference_1
  ) AS batch
  WHERE
    TRUE
)
SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(COALESCE(c0, c1)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c2 = 1 THEN 1 END AS c0,
    CASE WHEN (
      c3 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c1
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
              WHEN SUBSTRING("dataset", -1) BETWEEN '!' AND '~' AND "dataset" BETWEEN '!' AND '~'
              THEN "dataset"
              ELSE TRIM("dataset", '{white space}')
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
