-- a dataset that is listed twice, and a use
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
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11, c12)) AS a0,
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
  MIN(CASE WHEN NOT c12 IS NULL THEN k END, 20) AS k12
FROM (
  SELECT
    "use" AS k,
    CASE
      WHEN (
        "use" IS NULL OR synth_m10 = ''
      )
      OR synth_m10 IN (
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
      THEN 1
    END AS c0,
    CASE
      WHEN (
        "owner" IS NULL OR synth_m7 = ''
      )
      OR synth_m7 IN (
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
      THEN 1
    END AS c1,
    CASE
      WHEN (
        "purpose" IS NULL OR synth_m8 = ''
      )
      OR synth_m8 IN (
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
      THEN 1
    END AS c2,
    CASE
      WHEN (
        "basis" IS NULL OR synth_m4 = ''
      )
      OR synth_m4 IN (
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
      THEN 1
    END AS c3,
    CASE
      WHEN (
        "dpia" IS NULL OR synth_m6 = ''
      )
      OR synth_m6 IN (
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
      THEN 1
    END AS c4,
    CASE
      WHEN NOT COALESCE(synth_m9 IN ('high', 'limited', 'low', 'minimal'), FALSE)
      THEN 1
    END AS c5,
    CASE
      WHEN synth_m9 = 'high'
      AND (
        (
          "conformity" IS NULL OR synth_m5 = ''
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
    END AS c6,
    CASE WHEN synth_m2 IS NULL THEN 1 END AS c7,
    CASE WHEN synth_m1 IS NULL THEN 1 END AS c8,
    CASE WHEN synth_m1 < synth_m2 THEN 1 END AS c9,
    CASE
      WHEN NOT (
        "reviewed" IS NULL OR synth_m3 = ''
      ) AND (
        synth_m0 IS NULL
      )
      THEN 1
    END AS c10,
    CASE WHEN CAST('2026-11-22 12:00:00' AS TIMESTAMP) < synth_m0 THEN 1 END AS c11,
    CASE
      WHEN (
        synth_m0 < CAST('2025-11-22 12:00:00' AS TIMESTAMP)
        OR (
          (
            "reviewed" IS NULL OR synth_m3 = ''
          )
          AND synth_m1 < CAST('2025-11-22 12:00:00' AS TIMESTAMP)
        )
      )
      AND NOT COALESCE(
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
        END < CAST('2026-11-22 12:00:00' AS TIMESTAMP),
        FALSE
      )
      THEN 1
    END AS c12
  FROM (
    SELECT
      "basis",
      "conformity",
      "dpia",
      "ended",
      "owner",
      "purpose",
      "reviewed",
      "risk",
      "started",
      "told",
      "use",
      CASE
        WHEN REGEXP_MATCHES(
          "reviewed",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("reviewed") = 10
              THEN "reviewed" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("reviewed", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "reviewed"
              ELSE "reviewed" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN REGEXP_MATCHES(
          "started",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("started") = 10
              THEN "started" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("started", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "started"
              ELSE "started" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m1,
      CASE
        WHEN REGEXP_MATCHES(
          "told",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("told") = 10
              THEN "told" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("told", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "told"
              ELSE "told" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m2,
      CASE
        WHEN SUBSTRING("reviewed", -1) BETWEEN '!' AND '~' AND "reviewed" BETWEEN '!' AND '~'
        THEN "reviewed"
        ELSE TRIM("reviewed", '{white space}')
      END AS synth_m3,
      LOWER(TRIM("basis", '{white space}')) AS synth_m4,
      LOWER(TRIM("conformity", '{white space}')) AS synth_m5,
      LOWER(TRIM("dpia", '{white space}')) AS synth_m6,
      LOWER(TRIM("owner", '{white space}')) AS synth_m7,
      LOWER(TRIM("purpose", '{white space}')) AS synth_m8,
      LOWER(TRIM("risk", '{white space}')) AS synth_m9,
      LOWER(TRIM("use", '{white space}')) AS synth_m10
    FROM batch
  ) AS batch
) AS synth_flags

WITH synth_records AS (
  SELECT
    "run" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("used", -1) BETWEEN '!' AND '~' AND "used" BETWEEN '!' AND '~'
        THEN "used"
        ELSE TRIM("used", '{white space}')
      END,
      ''
    ) AS k1,
    NULLIF(synth_m0, '') AS k2,
    CASE WHEN (
      "data" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c3,
    CASE WHEN NOT (
      "data" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c4
  FROM (
    SELECT
      "data",
      "run",
      "used",
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
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(COALESCE(c0, c1, c2, c3)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3
FROM (
  SELECT
    record_key AS k,
    CASE
      WHEN (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        COALESCE(r1_influenced, 0) = 1
      )
      THEN 1
    END AS c0,
    CASE WHEN (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) AND (
      c3 = 1
    ) THEN 1 END AS c1,
    CASE
      WHEN (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        (
          c4 = 1
        ) AND (
          NOT (
            COALESCE(r1_found, 0) = 1
          )
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        COALESCE(r1_untagged, 0) = 1
      )
      THEN 1
    END AS c3
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
              WHEN SUBSTRING("use", -1) BETWEEN '!' AND '~' AND "use" BETWEEN '!' AND '~'
              THEN "use"
              ELSE TRIM("use", '{white space}')
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
  LEFT OUTER JOIN (
    SELECT
      r1_rows.ref_key AS r1_key,
      1 AS r1_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_influenced,
      MAX(CASE WHEN is_untagged = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_untagged
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
      ) AS r1_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k2
          FROM synth_records
        )
    ) AS r1_rows
    GROUP BY
      r1_rows.ref_key
  ) AS r1
    ON synth_records.k2 = r1.r1_key
) AS synth_flags

WITH synth_records AS (
  SELECT
    "test" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("used", -1) BETWEEN '!' AND '~' AND "used" BETWEEN '!' AND '~'
        THEN "used"
        ELSE TRIM("used", '{white space}')
      END,
      ''
    ) AS k1,
    NULLIF(synth_m0, '') AS k2,
    CASE WHEN (
      "data" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c3,
    CASE WHEN NOT (
      "data" IS NULL OR synth_m0 = ''
    ) THEN 1 ELSE 0 END AS c4
  FROM (
    SELECT
      "data",
      "test",
      "used",
      CASE
        WHEN SUBSTRING("data", -1) BETWEEN '!' AND '~' AND "data" BETWEEN '!' AND '~'
        THEN "data"
        ELSE TRIM("data", '{white space}')
      END AS synth_m0
    FROM reference_3
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
  COUNT(COALESCE(c0, c1, c2, c3)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3
FROM (
  SELECT
    record_key AS k,
    CASE
      WHEN (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        COALESCE(r1_influenced, 0) = 1
      )
      THEN 1
    END AS c0,
    CASE WHEN (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) AND (
      c3 = 1
    ) THEN 1 END AS c1,
    CASE
      WHEN (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        (
          c4 = 1
        ) AND (
          NOT (
            COALESCE(r1_found, 0) = 1
          )
        )
      )
      THEN 1
    END AS c2,
    CASE
      WHEN (
        NOT (
          COALESCE(r0_found, 0) = 1
        )
      )
      AND (
        COALESCE(r1_untagged, 0) = 1
      )
      THEN 1
    END AS c3
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
              WHEN SUBSTRING("use", -1) BETWEEN '!' AND '~' AND "use" BETWEEN '!' AND '~'
              THEN "use"
              ELSE TRIM("use", '{white space}')
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
  LEFT OUTER JOIN (
    SELECT
      r1_rows.ref_key AS r1_key,
      1 AS r1_found,
      MAX(CASE WHEN is_influenced = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_influenced,
      MAX(CASE WHEN is_untagged = 1 AND 1 = 1 THEN 1 ELSE 0 END) AS r1_untagged
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
      ) AS r1_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k2
          FROM synth_records
        )
    ) AS r1_rows
    GROUP BY
      r1_rows.ref_key
  ) AS r1
    ON synth_records.k2 = r1.r1_key
) AS synth_flags
