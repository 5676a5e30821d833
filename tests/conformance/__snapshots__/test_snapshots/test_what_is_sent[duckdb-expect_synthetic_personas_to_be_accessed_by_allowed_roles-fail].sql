-- people who may not
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("persona", -1) BETWEEN '!' AND '~' AND "persona" BETWEEN '!' AND '~'
        THEN "persona"
        ELSE TRIM("persona", '{white space}')
      END,
      ''
    ) AS k1,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("who", -1) BETWEEN '!' AND '~' AND "who" BETWEEN '!' AND '~'
          THEN "who"
          ELSE TRIM("who", '{white space}')
        END
      ),
      ''
    ) AS k2,
    COALESCE(synth_m0, CAST('0001-01-01 00:00:00' AS TIMESTAMP)) AS t3,
    CASE WHEN (
      "who" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c4,
    CASE WHEN synth_m0 IS NULL THEN 1 ELSE 0 END AS c5,
    CASE
      WHEN NOT COALESCE(LOWER(TRIM("role", '{white space}')) IN ('auditor', 'tester'), FALSE)
      THEN 1
      ELSE 0
    END AS c6,
    CASE WHEN NOT (
      "who" IS NULL OR synth_m1 = ''
    ) THEN 1 ELSE 0 END AS c7,
    CASE WHEN NOT synth_m0 IS NULL THEN 1 ELSE 0 END AS c8
  FROM (
    SELECT
      "at",
      "id",
      "persona",
      "role",
      "who",
      CASE
        WHEN REGEXP_MATCHES(
          "at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("at") = 10
              THEN "at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "at"
              ELSE "at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN SUBSTRING("who", -1) BETWEEN '!' AND '~' AND "who" BETWEEN '!' AND '~'
        THEN "who"
        ELSE TRIM("who", '{white space}')
      END AS synth_m1
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
  COUNT(COALESCE(c0, c1, c2, c3, c4)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4
FROM (
  SELECT
    record_key AS k,
    CASE WHEN (
      c4 = 1
    ) AND (
      COALESCE(r0_found, 0) = 1
    ) THEN 1 END AS c0,
    CASE WHEN (
      c5 = 1
    ) AND (
      COALESCE(r0_found, 0) = 1
    ) THEN 1 END AS c1,
    CASE WHEN (
      c6 = 1
    ) AND (
      COALESCE(r0_found, 0) = 1
    ) THEN 1 END AS c2,
    CASE
      WHEN (
        (
          c7 = 1
        ) AND (
          NOT (
            COALESCE(r1_found, 0) = 1
          )
        )
      )
      AND (
        COALESCE(r0_found, 0) = 1
      )
      THEN 1
    END AS c3,
    CASE
      WHEN (
        (
          (
            COALESCE(r1_found, 0) = 1
          ) AND (
            c8 = 1
          )
        )
        AND (
          NOT (
            COALESCE(r2_then, 0) = 1
          )
        )
      )
      AND (
        COALESCE(r0_found, 0) = 1
      )
      THEN 1
    END AS c4,
    CASE WHEN NOT (
      COALESCE(r0_found, 0) = 1
    ) THEN 1 END AS c5
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
              WHEN SUBSTRING("persona_id", -1) BETWEEN '!' AND '~'
              AND "persona_id" BETWEEN '!' AND '~'
              THEN "persona_id"
              ELSE TRIM("persona_id", '{white space}')
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
      1 AS r1_found
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("person", -1) BETWEEN '!' AND '~' AND "person" BETWEEN '!' AND '~'
                THEN "person"
                ELSE TRIM("person", '{white space}')
              END
            ),
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
  LEFT OUTER JOIN (
    SELECT
      r2_rows.ref_key AS r2_key,
      r2_asked.asked_at AS r2_at,
      1 AS r2_found,
      MAX(
        CASE
          WHEN is_then = 1
          AND (
            valid_from IS NULL OR valid_from <= asked_at
          )
          AND (
            valid_until IS NULL OR asked_at < valid_until
          )
          THEN 1
          ELSE 0
        END
      ) AS r2_then
    FROM (
      SELECT DISTINCT
        synth_records.k2 AS asked_key,
        synth_records.t3 AS asked_at
      FROM synth_records
    ) AS r2_asked
    JOIN (
      SELECT
        synth_key AS ref_key,
        CASE
          WHEN NOT CASE
            WHEN REGEXP_MATCHES(
              "since",
              '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
            )
            THEN MAKE_TIMESTAMP(
              EPOCH_US(
                CAST(CASE
                  WHEN LENGTH("since") = 10
                  THEN "since" || ' 00:00:00Z'
                  WHEN REGEXP_MATCHES("since", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                  THEN "since"
                  ELSE "since" || 'Z'
                END AS TIMESTAMPTZ)
              )
            )
          END IS NULL
          THEN 1
          ELSE 0
        END AS is_then,
        CASE
          WHEN REGEXP_MATCHES(
            "since",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("since") = 10
                THEN "since" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("since", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "since"
                ELSE "since" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_from,
        CASE
          WHEN REGEXP_MATCHES(
            "until",
            '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
          )
          THEN MAKE_TIMESTAMP(
            EPOCH_US(
              CAST(CASE
                WHEN LENGTH("until") = 10
                THEN "until" || ' 00:00:00Z'
                WHEN REGEXP_MATCHES("until", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                THEN "until"
                ELSE "until" || 'Z'
              END AS TIMESTAMPTZ)
            )
          )
        END AS valid_until
      FROM (
        SELECT
          NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("person", -1) BETWEEN '!' AND '~' AND "person" BETWEEN '!' AND '~'
                THEN "person"
                ELSE TRIM("person", '{white space}')
              END
            ),
            ''
          ) AS synth_key,
          *
        FROM reference_2
      ) AS r2_keyed
      WHERE
        synth_key IN (
          SELECT
            synth_records.k2
          FROM synth_records
        )
    ) AS r2_rows
      ON r2_asked.asked_key = r2_rows.ref_key
    GROUP BY
      r2_rows.ref_key,
      r2_asked.asked_at
  ) AS r2
    ON synth_records.k2 = r2.r2_key AND synth_records.t3 = r2.r2_at
) AS synth_flags
