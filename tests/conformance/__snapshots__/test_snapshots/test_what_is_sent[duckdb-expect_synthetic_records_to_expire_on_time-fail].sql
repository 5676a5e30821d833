-- one violation of each kind
SELECT
  p0.n AS p0_n,
  p0.n0 AS p0_n0,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.n3 AS p1_n3,
  p1.a0 AS p1_a0,
  p1.k0 AS p1_k0,
  p1.k1 AS p1_k1,
  p1.k2 AS p1_k2,
  p1.k3 AS p1_k3,
  p2.n AS p2_n,
  p2.n0 AS p2_n0,
  p2.n1 AS p2_n1,
  p2.n2 AS p2_n2
FROM (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0
  FROM (
    SELECT
      CASE
        WHEN CAST('2026-11-22 12:00:00' AS TIMESTAMP) < CASE
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
        END
        THEN 1
      END AS c0
    FROM batch
  ) AS synth_flags
) AS p0
JOIN (
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
      "id" AS k,
      CASE WHEN synth_m0 IS NULL THEN 1 END AS c0,
      CASE
        WHEN synth_m1 = 'test' AND synth_m0 < CAST('2026-08-24 12:00:00' AS TIMESTAMP)
        THEN 1
      END AS c1,
      CASE
        WHEN synth_m1 = 'training' AND synth_m0 < CAST('2024-11-22 12:00:00' AS TIMESTAMP)
        THEN 1
      END AS c2,
      CASE WHEN NOT COALESCE(synth_m1 IN ('test', 'training'), FALSE) THEN 1 END AS c3
    FROM (
      SELECT
        "class",
        "generated_at",
        "id",
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
        LOWER(TRIM("class", '{white space}')) AS synth_m1
      FROM batch
      WHERE
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
    ) AS batch
  ) AS synth_flags
) AS p1
  ON 1 = 1
JOIN (
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
) AS p2
  ON 1 = 1
