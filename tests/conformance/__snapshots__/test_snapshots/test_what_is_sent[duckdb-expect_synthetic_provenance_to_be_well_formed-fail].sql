-- one violation of each kind
SELECT
  p0.n AS p0_n,
  p0.n0 AS p0_n0,
  p0.n1 AS p0_n1,
  p0.n2 AS p0_n2,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.n3 AS p1_n3,
  p1.n4 AS p1_n4,
  p1.n5 AS p1_n5,
  p1.n6 AS p1_n6,
  p1.a0 AS p1_a0,
  p1.k0 AS p1_k0,
  p1.k1 AS p1_k1,
  p1.k2 AS p1_k2,
  p1.k3 AS p1_k3,
  p1.k4 AS p1_k4,
  p1.k5 AS p1_k5,
  p1.k6 AS p1_k6
FROM (
  SELECT
    COALESCE(SUM(w), 0) AS n,
    COALESCE(SUM(c0), 0) AS n0,
    COALESCE(SUM(c1), 0) AS n1,
    COALESCE(SUM(c2), 0) AS n2
  FROM (
    SELECT
      synth_n AS w,
      CASE
        WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
        THEN synth_n
      END AS c0,
      CASE
        WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
        THEN synth_n
      END AS c1,
      CASE
        WHEN NOT COALESCE(
          LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
          FALSE
        )
        THEN synth_n
      END AS c2
    FROM (
      SELECT
        "is_synthetic",
        COUNT(*) AS synth_n
      FROM batch
      GROUP BY
        "is_synthetic"
    ) AS synth_values
  ) AS synth_flags
) AS p0
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(c3) AS n3,
    COUNT(c4) AS n4,
    COUNT(c5) AS n5,
    COUNT(c6) AS n6,
    COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c6)) AS a0,
    MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
    MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
    MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
    MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
    MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
    MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5,
    MIN(CASE WHEN NOT c6 IS NULL THEN k END, 20) AS k6
  FROM (
    SELECT
      "id" AS k,
      CASE
        WHEN NOT (
          "generated_at" IS NULL
          OR CASE
            WHEN SUBSTRING("generated_at", -1) BETWEEN '!' AND '~'
            AND "generated_at" BETWEEN '!' AND '~'
            THEN "generated_at"
            ELSE TRIM("generated_at", '{white space}')
          END = ''
        )
        AND (
          synth_m0 IS NULL
        )
        THEN 1
      END AS c0,
      CASE WHEN CAST('2026-11-22 12:05:00' AS TIMESTAMP) < synth_m0 THEN 1 END AS c1,
      CASE WHEN synth_m0 < CAST('2024-01-01 00:00:00' AS TIMESTAMP) THEN 1 END AS c2,
      CASE
        WHEN CASE
          WHEN REGEXP_MATCHES(
            "loaded_at",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("loaded_at") = 10
                THEN "loaded_at" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("loaded_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "loaded_at"
                ELSE "loaded_at" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END < synth_m0
        THEN 1
      END AS c3,
      CASE
        WHEN NOT (
          "version" IS NULL OR synth_m1 = ''
        )
        AND NOT COALESCE(
          REGEXP_MATCHES(
            synth_m1,
            '^(v?(0|[1-9][0-9]*)[.](0|[1-9][0-9]*)[.](0|[1-9][0-9]*)(-[0-9A-Za-z.-]+)?([+][0-9A-Za-z.-]+)?)$'
          ),
          FALSE
        )
        THEN 1
      END AS c4,
      CASE
        WHEN NOT (
          "method" IS NULL OR synth_m2 = ''
        )
        AND NOT COALESCE(synth_m2 = 'ctgan', FALSE)
        THEN 1
      END AS c5,
      CASE
        WHEN NOT (
          "purpose" IS NULL OR synth_m3 = ''
        )
        AND NOT COALESCE(synth_m3 = 'testing', FALSE)
        THEN 1
      END AS c6
    FROM (
      SELECT
        "generated_at",
        "id",
        "loaded_at",
        "method",
        "purpose",
        "version",
        CASE
          WHEN REGEXP_MATCHES(
            "generated_at",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("generated_at") = 10
                THEN "generated_at" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("generated_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "generated_at"
                ELSE "generated_at" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS synth_m0,
        CASE
          WHEN SUBSTRING("version", -1) BETWEEN '!' AND '~' AND "version" BETWEEN '!' AND '~'
          THEN "version"
          ELSE TRIM("version", '{white space}')
        END AS synth_m1,
        LOWER(TRIM("method", '{white space}')) AS synth_m2,
        LOWER(TRIM("purpose", '{white space}')) AS synth_m3
      FROM batch
      WHERE
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
    ) AS batch
  ) AS synth_flags
) AS p1
  ON 1 = 1
