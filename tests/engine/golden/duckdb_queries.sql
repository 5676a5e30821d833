-- SYNTH_TRIM(x)

CASE
  WHEN SUBSTRING("x", -1) BETWEEN '!' AND '~' AND "x" BETWEEN '!' AND '~'
  THEN "x"
  ELSE REGEXP_REPLACE("x", '^[{white space}]+|[{white space}]+$', '', 'g')
END

-- rows

SELECT
  p0.n AS p0_n,
  p0.n0 AS p0_n0,
  p1.n AS p1_n,
  p1.n0 AS p1_n0,
  p1.n1 AS p1_n1,
  p1.n2 AS p1_n2,
  p1.a0 AS p1_a0,
  p1.k0 AS p1_k0,
  p1.k1 AS p1_k1
FROM (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0
  FROM (
    SELECT
      CASE WHEN NFC_NORMALIZE(LOWER(TRIM("marker", '{white space}'))) IN ('1', '1.0', 'true') THEN 1 END AS c0
    FROM batch
  ) AS synth_flags
) AS p0
JOIN (
  SELECT
    COUNT(*) AS n,
    COUNT(c0) AS n0,
    COUNT(c1) AS n1,
    COUNT(c2) AS n2,
    COUNT(COALESCE(c0, c1)) AS a0,
    MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
    MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1
  FROM (
    SELECT
      "id" AS k,
      CASE
        WHEN CASE
          WHEN "email" IS NULL
          THEN TRUE
          WHEN "email" BETWEEN '!' AND '~'
          THEN FALSE
          ELSE REGEXP_MATCHES("email", '^[{white space}]*$')
        END
        THEN 1
      END AS c0,
      CASE
        WHEN CASE
          WHEN REGEXP_MATCHES("email", '(@shop[.]test)[{white space}]*$')
          THEN REGEXP_MATCHES(SYNTH_TRIM("email"), '(?s)^(.*@shop[.]test)$')
          ELSE FALSE
        END
        THEN 1
      END AS c1,
      CASE WHEN "at" IS NULL THEN 1 END AS c2
    FROM (
      SELECT
        "at",
        "email",
        "id"
      FROM batch
      WHERE
        NFC_NORMALIZE(LOWER(TRIM("marker", '{white space}'))) IN ('1', '1.0', 'true')
    ) AS batch
  ) AS synth_flags
) AS p1
  ON 1 = 1

-- lookups

WITH synth_records AS (
  SELECT
    NULLIF(
      CASE
        WHEN NFC_NORMALIZE(LOWER(SYNTH_TRIM("email"))) LIKE 'mailto:%'
        THEN SUBSTRING(NFC_NORMALIZE(LOWER(SYNTH_TRIM("email"))), 8)
        ELSE NFC_NORMALIZE(LOWER(SYNTH_TRIM("email")))
      END,
      ''
    ) AS k0,
    COALESCE(MAKE_TIMESTAMP(EPOCH_US("at")), CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t1,
    "email" AS k2,
    CASE WHEN MAKE_TIMESTAMP(EPOCH_US("at")) < MAKE_TIMESTAMP(EPOCH_US("at")) THEN 1 ELSE 0 END AS c3
  FROM (
    SELECT
      "at",
      "email"
    FROM batch
    WHERE
      NFC_NORMALIZE(LOWER(TRIM("marker", '{white space}'))) IN ('1', '1.0', 'true')
  ) AS batch
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
  FROM batch
) AS p0
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
    FROM synth_records
    LEFT OUTER JOIN (
      SELECT
        r0_rows.ref_key AS r0_key,
        r0_asked.asked_at AS r0_at,
        1 AS r0_found,
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
        ) AS r0_tester,
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
        ) AS r0_lost
      FROM (
        SELECT DISTINCT
          synth_records.k0 AS asked_key,
          synth_records.t1 AS asked_at
        FROM synth_records
      ) AS r0_asked
      JOIN (
        SELECT
          r0_between.ref_key AS ref_key,
          CASE WHEN (
            r0_end.ref_key IS NULL
          ) THEN 1 ELSE 0 END AS is_lost,
          r0_end.is_tester AS is_tester,
          r0_end.valid_from AS valid_from,
          r0_end.valid_until AS valid_until
        FROM (
          SELECT
            r0_all.ref_key AS ref_key,
            r0_all.leads_to AS leads_to
          FROM (
            SELECT
              NULLIF(
                CASE
                  WHEN NFC_NORMALIZE(LOWER(SYNTH_TRIM("email"))) LIKE 'mailto:%'
                  THEN SUBSTRING(NFC_NORMALIZE(LOWER(SYNTH_TRIM("email"))), 8)
                  ELSE NFC_NORMALIZE(LOWER(SYNTH_TRIM("email")))
                END,
                ''
              ) AS ref_key,
              "owner" AS leads_to
            FROM reference_1
          ) AS r0_all
          WHERE
            r0_all.ref_key IN (
              SELECT
                synth_records.k0
              FROM synth_records
            )
        ) AS r0_between
        LEFT OUTER JOIN (
          SELECT
            "owner" AS ref_key,
            CASE WHEN NFC_NORMALIZE(LOWER(TRIM("role", '{white space}'))) = 'test' THEN 1 ELSE 0 END AS is_tester,
            CAST("since" AS TIMESTAMP) AS valid_from,
            MAKE_TIMESTAMP(EPOCH_US("until")) AS valid_until
          FROM reference_2
          WHERE
            NOT CASE
              WHEN "role" IS NULL
              THEN TRUE
              WHEN "role" BETWEEN '!' AND '~'
              THEN FALSE
              ELSE REGEXP_MATCHES("role", '^[{white space}]*$')
            END
        ) AS r0_end
          ON r0_between.leads_to = r0_end.ref_key
      ) AS r0_rows
        ON r0_asked.asked_key = r0_rows.ref_key
      GROUP BY
        r0_rows.ref_key,
        r0_asked.asked_at
    ) AS r0
      ON synth_records.k0 = r0.r0_key AND synth_records.t1 = r0.r0_at
    LEFT OUTER JOIN (
      SELECT
        r1_crowd.ref_key AS ref_key,
        CASE WHEN COUNT(DISTINCT record) + COUNT(*) - COUNT(record) > 1 THEN 1 ELSE 0 END AS r1_shared
      FROM (
        SELECT
          synth_key AS ref_key,
          '' || COALESCE(NULLIF(REGEXP_REPLACE(CAST("id" AS TEXT), '^[{white space}]+|[{white space}]+$', '', 'g'), ''), '') || '' || COALESCE(NULLIF(SYNTH_TRIM("marker"), ''), '') || '' || COALESCE(NULLIF(SYNTH_TRIM("email"), ''), '') || '' AS record
        FROM (
          SELECT
            "email" AS synth_key,
            *
          FROM batch
        ) AS r1_keyed
        WHERE
          synth_key IN (
            SELECT
              r1_rows.ref_key
            FROM (
              SELECT
                "email" AS ref_key
              FROM batch
            ) AS r1_rows
            GROUP BY
              r1_rows.ref_key
            HAVING
              COUNT(*) > 1
          )
      ) AS r1_crowd
      GROUP BY
        r1_crowd.ref_key
    ) AS r1_limits
      ON synth_records.k2 = r1_limits.ref_key
  ) AS synth_flags
) AS p1
  ON 1 = 1

-- violating records

SELECT
  "id" AS v0,
  CASE
    WHEN (
      NFC_NORMALIZE(LOWER(TRIM("marker", '{white space}'))) IN ('1', '1.0', 'true')
    )
    AND (
      CASE
        WHEN "email" IS NULL
        THEN TRUE
        WHEN "email" BETWEEN '!' AND '~'
        THEN FALSE
        ELSE REGEXP_MATCHES("email", '^[{white space}]*$')
      END
    )
    THEN 1
    ELSE 0
  END AS f0,
  CASE
    WHEN (
      NFC_NORMALIZE(LOWER(TRIM("marker", '{white space}'))) IN ('1', '1.0', 'true')
    )
    AND (
      CASE
        WHEN REGEXP_MATCHES("email", '(@shop[.]test)[{white space}]*$')
        THEN REGEXP_MATCHES(SYNTH_TRIM("email"), '(?s)^(.*@shop[.]test)$')
        ELSE FALSE
      END
    )
    THEN 1
    ELSE 0
  END AS f1
FROM batch
WHERE
  (
    (
      NFC_NORMALIZE(LOWER(TRIM("marker", '{white space}'))) IN ('1', '1.0', 'true')
    )
    AND (
      (
        CASE
          WHEN "email" IS NULL
          THEN TRUE
          WHEN "email" BETWEEN '!' AND '~'
          THEN FALSE
          ELSE REGEXP_MATCHES("email", '^[{white space}]*$')
        END
      )
      OR (
        CASE
          WHEN REGEXP_MATCHES("email", '(@shop[.]test)[{white space}]*$')
          THEN REGEXP_MATCHES(SYNTH_TRIM("email"), '(?s)^(.*@shop[.]test)$')
          ELSE FALSE
        END
      )
    )
  )

-- a sample

SELECT
  (
    SELECT
      COUNT(*) AS n
    FROM batch
    WHERE
      1 = 1
  ) AS n,
  synth_rows.v0
FROM (
  SELECT
    email AS v0,
    id AS o0
  FROM batch
  WHERE
    1 = 1
) AS synth_rows
WHERE
  NOT synth_rows.o0 IS NULL
ORDER BY
  synth_rows.o0
LIMIT 10
