-- SYNTH_TRIM(x)

TRIM(`x`, '{white space}')

-- rows

SELECT
  COUNT(*) AS n,
  COUNT(c0) AS n0,
  COUNT(c1) AS n1,
  COUNT(c2) AS n2,
  COUNT(c3) AS n3,
  COUNT(COALESCE(c0, c1)) AS a0
FROM (
  SELECT
    CASE
      WHEN (
        NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
      )
      AND (
        (
          `email` IS NULL OR synth_m0 = ''
        )
      )
      THEN 1
    END AS c0,
    CASE
      WHEN (
        NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
      )
      AND (
        REGEXP_CONTAINS(synth_m0, '(?s)^(.*@shop[.]test)$')
      )
      THEN 1
    END AS c1,
    CASE WHEN (
      NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
    ) AND (
      `at` IS NULL
    ) THEN 1 END AS c2,
    CASE WHEN NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true') THEN 1 END AS c3
  FROM (
    SELECT
      `at`,
      `email`,
      `id`,
      `marker`,
      synth_trim(`email`) AS synth_m0
    FROM `batch`
  ) AS `batch`
) AS `synth_flags`

WITH `synth_broken` AS (
  SELECT
    `id` AS `k`,
    CASE
      WHEN (
        NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
      )
      AND (
        (
          `email` IS NULL OR synth_m0 = ''
        )
      )
      THEN 1
      ELSE 0
    END AS `f0`,
    CASE
      WHEN (
        NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
      )
      AND (
        REGEXP_CONTAINS(synth_m0, '(?s)^(.*@shop[.]test)$')
      )
      THEN 1
      ELSE 0
    END AS `f1`
  FROM (
    SELECT
      `at`,
      `email`,
      `id`,
      `marker`,
      synth_trim(`email`) AS synth_m0
    FROM `batch`
  ) AS `batch`
  WHERE
    (
      (
        NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
      )
      AND (
        (
          (
            `email` IS NULL OR synth_m0 = ''
          )
        ) OR (
          REGEXP_CONTAINS(synth_m0, '(?s)^(.*@shop[.]test)$')
        )
      )
    )
)
SELECT
  `s0`.`rule`,
  `s0`.`k`
FROM (
  SELECT
    0 AS `rule`,
    `synth_broken`.`k` AS `k`
  FROM `synth_broken`
  WHERE
    `synth_broken`.`f0` = 1
  ORDER BY
    `synth_broken`.`k` NULLS LAST
  LIMIT 20
) AS `s0`
UNION ALL
SELECT
  `s1`.`rule`,
  `s1`.`k`
FROM (
  SELECT
    1 AS `rule`,
    `synth_broken`.`k` AS `k`
  FROM `synth_broken`
  WHERE
    `synth_broken`.`f1` = 1
  ORDER BY
    `synth_broken`.`k` NULLS LAST
  LIMIT 20
) AS `s1`

-- lookups

WITH `synth_records` AS (
  SELECT
    NULLIF(
      CASE
        WHEN NORMALIZE(LOWER(synth_trim(`email`)), NFC) LIKE 'mailto:%'
        THEN SUBSTRING(NORMALIZE(LOWER(synth_trim(`email`)), NFC), 8)
        ELSE NORMALIZE(LOWER(synth_trim(`email`)), NFC)
      END,
      ''
    ) AS `k0`,
    COALESCE(DATETIME(`at`, 'UTC'), CAST('0001-01-01 00:00:00' AS DATETIME)) AS `t1`,
    `email` AS `k2`,
    CASE WHEN DATETIME(`at`, 'UTC') < DATETIME(`at`, 'UTC') THEN 1 ELSE 0 END AS `c3`
  FROM (
    SELECT
      `at`,
      `email`
    FROM `batch`
    WHERE
      NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
  ) AS `batch`
  WHERE
    TRUE
)
SELECT
  p0.n AS p0_n,
  p0.a0 AS p0_a0,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.n3 AS p1_n3,
  p1.a0 AS p1_a0
FROM (
  SELECT
    COUNT(*) AS n,
    0 AS a0
  FROM `batch`
) AS `p0`
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(c3) AS n3,
    COUNT(COALESCE(c0, c1, c2, c3)) AS a0
  FROM (
    SELECT
      CASE WHEN COALESCE(r0_found, 0) = 1 THEN 1 END AS c0,
      CASE WHEN (
        COALESCE(r0_tester, 0) = 1
      ) AND (
        c3 = 1
      ) THEN 1 END AS c1,
      CASE WHEN COALESCE(r0_lost, 0) = 1 THEN 1 END AS c2,
      CASE WHEN COALESCE(r1_shared, 0) = 1 THEN 1 END AS c3
    FROM `synth_records`
    LEFT OUTER JOIN (
      SELECT
        `r0_rows`.`ref_key` AS `r0_key`,
        `r0_asked`.`asked_at` AS `r0_at`,
        1 AS `r0_found`,
        MAX(
          CASE
            WHEN is_tester = 1
            AND (
              valid_from IS NULL OR valid_from <= asked_at
            )
            AND (
              valid_until IS NULL OR asked_at < valid_until
            )
            THEN 1
            ELSE 0
          END
        ) AS `r0_tester`,
        MAX(
          CASE
            WHEN is_lost = 1 AND (
              valid_from IS NULL OR valid_from <= asked_at
            ) AND (
              valid_until IS NULL OR asked_at < valid_until
            )
            THEN 1
            ELSE 0
          END
        ) AS `r0_lost`
      FROM (
        SELECT DISTINCT
          `synth_records`.`k0` AS `asked_key`,
          `synth_records`.`t1` AS `asked_at`
        FROM `synth_records`
      ) AS `r0_asked`
      JOIN (
        SELECT
          `r0_between`.`ref_key` AS `ref_key`,
          CASE WHEN (
            `r0_end`.`ref_key` IS NULL
          ) THEN 1 ELSE 0 END AS `is_lost`,
          `r0_end`.`is_tester` AS `is_tester`,
          `r0_end`.`valid_from` AS `valid_from`,
          `r0_end`.`valid_until` AS `valid_until`
        FROM (
          SELECT
            `r0_all`.`ref_key` AS `ref_key`,
            `r0_all`.`leads_to` AS `leads_to`
          FROM (
            SELECT
              NULLIF(
                CASE
                  WHEN NORMALIZE(LOWER(synth_trim(`email`)), NFC) LIKE 'mailto:%'
                  THEN SUBSTRING(NORMALIZE(LOWER(synth_trim(`email`)), NFC), 8)
                  ELSE NORMALIZE(LOWER(synth_trim(`email`)), NFC)
                END,
                ''
              ) AS `ref_key`,
              `owner` AS `leads_to`
            FROM `reference_1`
          ) AS `r0_all`
          WHERE
            `r0_all`.`ref_key` IN (
              SELECT
                `synth_records`.`k0`
              FROM `synth_records`
            )
        ) AS `r0_between`
        LEFT OUTER JOIN (
          SELECT
            `owner` AS `ref_key`,
            CASE WHEN NORMALIZE(LOWER(synth_trim(`role`)), NFC) = 'test' THEN 1 ELSE 0 END AS `is_tester`,
            DATETIME(`since`) AS `valid_from`,
            DATETIME(`until`, 'UTC') AS `valid_until`
          FROM `reference_2`
          WHERE
            NOT (
              `role` IS NULL OR synth_trim(`role`) = ''
            )
        ) AS `r0_end`
          ON `r0_between`.`leads_to` = `r0_end`.`ref_key`
      ) AS `r0_rows`
        ON `r0_asked`.`asked_key` = `r0_rows`.`ref_key`
      GROUP BY
        `r0_rows`.`ref_key`,
        `r0_asked`.`asked_at`
    ) AS `r0`
      ON `synth_records`.`k0` = `r0`.`r0_key` AND `synth_records`.`t1` = `r0`.`r0_at`
    LEFT OUTER JOIN (
      SELECT
        `r1_crowd`.`ref_key` AS `ref_key`,
        CASE WHEN COUNT(DISTINCT record) + COUNT(*) - COUNT(record) > 1 THEN 1 ELSE 0 END AS `r1_shared`
      FROM (
        SELECT
          synth_key AS `ref_key`,
          '\x1f' || COALESCE(NULLIF(synth_trim(CAST(`id` AS STRING)), ''), '') || '\x1f' || COALESCE(NULLIF(synth_trim(`marker`), ''), '') || '\x1f' || COALESCE(NULLIF(synth_trim(`email`), ''), '') || '\x1f' AS `record`
        FROM (
          SELECT
            `email` AS `synth_key`,
            *
          FROM `batch`
        ) AS `r1_keyed`
        WHERE
          synth_key IN (
            SELECT
              `r1_rows`.`ref_key`
            FROM (
              SELECT
                `email` AS `ref_key`
              FROM `batch`
            ) AS `r1_rows`
            GROUP BY
              `r1_rows`.`ref_key`
            HAVING
              COUNT(*) > 1
          )
      ) AS `r1_crowd`
      GROUP BY
        `r1_crowd`.`ref_key`
    ) AS `r1_limits`
      ON `synth_records`.`k2` = `r1_limits`.`ref_key`
  ) AS `synth_flags`
) AS `p1`
  ON 1 = 1

-- violating records

SELECT
  `id` AS `v0`,
  CASE
    WHEN (
      NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
    )
    AND (
      (
        `email` IS NULL OR synth_m0 = ''
      )
    )
    THEN 1
    ELSE 0
  END AS `f0`,
  CASE
    WHEN (
      NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
    )
    AND (
      REGEXP_CONTAINS(synth_m0, '(?s)^(.*@shop[.]test)$')
    )
    THEN 1
    ELSE 0
  END AS `f1`
FROM (
  SELECT
    `at`,
    `email`,
    `id`,
    `marker`,
    synth_trim(`email`) AS synth_m0
  FROM `batch`
) AS `batch`
WHERE
  (
    (
      NORMALIZE(LOWER(synth_trim(`marker`)), NFC) IN ('1', '1.0', 'true')
    )
    AND (
      (
        (
          `email` IS NULL OR synth_m0 = ''
        )
      ) OR (
        REGEXP_CONTAINS(synth_m0, '(?s)^(.*@shop[.]test)$')
      )
    )
  )

-- a sample

SELECT
  (
    SELECT
      COUNT(*) AS `n`
    FROM `batch`
    WHERE
      1 = 1
  ) AS `n`,
  `synth_rows`.`v0`
FROM (
  SELECT
    email AS `v0`,
    id AS `o0`
  FROM `batch`
  WHERE
    1 = 1
) AS `synth_rows`
WHERE
  NOT `synth_rows`.`o0` IS NULL
ORDER BY
  `synth_rows`.`o0` NULLS LAST
LIMIT 10

SELECT
  (
    SELECT
      COUNT(*) AS `n`
    FROM `batch`
    WHERE
      1 = 1
  ) AS `n`
