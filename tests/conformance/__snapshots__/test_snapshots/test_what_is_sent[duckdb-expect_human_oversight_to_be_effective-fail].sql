-- one violation of each kind
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(
      LOWER(
        CASE
          WHEN SUBSTRING("reviewer", -1) BETWEEN '!' AND '~' AND "reviewer" BETWEEN '!' AND '~'
          THEN "reviewer"
          ELSE TRIM("reviewer", '{white space}')
        END
      ),
      ''
    ) || '' || CAST(DATE_TRUNC('SECOND', synth_m2) AS TEXT) AS k1,
    CASE WHEN (
      "reviewer" IS NULL OR synth_m3 = ''
    ) THEN 1 ELSE 0 END AS c2,
    CASE
      WHEN NOT (
        "reviewer" IS NULL OR synth_m3 = ''
      )
      AND CASE
        WHEN REGEXP_MATCHES(
          "reviewer",
          '(?s)(?i)^[{white space}]*((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|automatic|batch|cron|job|api|integration|service|daemon|scheduler|model|ai|ml)|(svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|batch|cron|job|api|integration|service|daemon|scheduler)[-_.:/ @].*|.*[-_.:/ ](svc|bot|robot|rpa|auto|automation|batch|cron|job|api|integration|service|daemon|scheduler|process|user)(@.*)?|(no-?reply|do-?not-?reply|root|admin|administrator|automated ?process)(@.*)?)[{white space}]*$'
        )
        THEN REGEXP_MATCHES(
          TRIM(
            LOWER(
              CASE
                WHEN SUBSTRING("reviewer", -1) BETWEEN '!' AND '~' AND "reviewer" BETWEEN '!' AND '~'
                THEN "reviewer"
                ELSE TRIM("reviewer", '{white space}')
              END
            ),
            '{white space}'
          ),
          '(?s)^(((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|automatic|batch|cron|job|api|integration|service|daemon|scheduler|model|ai|ml))|((svc|srv|sys|system|bot|robot|rpa|auto|automated|automation|batch|cron|job|api|integration|service|daemon|scheduler)[-_.:/ @].*)|(.*[-_.:/ ](svc|bot|robot|rpa|auto|automation|batch|cron|job|api|integration|service|daemon|scheduler|process|user)(@.*)?)|((no-?reply|do-?not-?reply|root|admin|administrator|automated ?process)(@.*)?))$'
        )
        ELSE FALSE
      END
      THEN 1
      ELSE 0
    END AS c3,
    CASE WHEN synth_m1 IS NULL THEN 1 ELSE 0 END AS c4,
    CASE WHEN synth_m2 IS NULL THEN 1 ELSE 0 END AS c5,
    CASE WHEN synth_m0 IS NULL THEN 1 ELSE 0 END AS c6,
    CASE WHEN synth_m2 < synth_m1 THEN 1 ELSE 0 END AS c7,
    CASE WHEN synth_m0 < synth_m2 THEN 1 ELSE 0 END AS c8,
    CASE WHEN (
      "outcome" IS NULL OR synth_m4 = ''
    ) THEN 1 ELSE 0 END AS c9,
    CASE WHEN synth_m4 IN ('changed', 'overturned', 'reversed') THEN 1 ELSE 0 END AS c10
  FROM (
    SELECT
      "effective_at",
      "id",
      "outcome",
      "output_at",
      "reviewed_at",
      "reviewer",
      CASE
        WHEN REGEXP_MATCHES(
          "effective_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("effective_at") = 10
              THEN "effective_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("effective_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "effective_at"
              ELSE "effective_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m0,
      CASE
        WHEN REGEXP_MATCHES(
          "output_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("output_at") = 10
              THEN "output_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("output_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "output_at"
              ELSE "output_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m1,
      CASE
        WHEN REGEXP_MATCHES(
          "reviewed_at",
          '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
        )
        THEN MAKE_TIMESTAMP(
          EPOCH_US(
            CAST(CASE
              WHEN LENGTH("reviewed_at") = 10
              THEN "reviewed_at" || ' 00:00:00Z'
              WHEN REGEXP_MATCHES("reviewed_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
              THEN "reviewed_at"
              ELSE "reviewed_at" || 'Z'
            END AS TIMESTAMPTZ)
          )
        )
      END AS synth_m2,
      CASE
        WHEN SUBSTRING("reviewer", -1) BETWEEN '!' AND '~' AND "reviewer" BETWEEN '!' AND '~'
        THEN "reviewer"
        ELSE TRIM("reviewer", '{white space}')
      END AS synth_m3,
      LOWER(TRIM("outcome", '{white space}')) AS synth_m4
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
  COUNT(COALESCE(c0, c1, c2, c3, c4, c5, c6, c7, c8)) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0,
  MIN(CASE WHEN NOT c1 IS NULL THEN k END, 20) AS k1,
  MIN(CASE WHEN NOT c2 IS NULL THEN k END, 20) AS k2,
  MIN(CASE WHEN NOT c3 IS NULL THEN k END, 20) AS k3,
  MIN(CASE WHEN NOT c4 IS NULL THEN k END, 20) AS k4,
  MIN(CASE WHEN NOT c5 IS NULL THEN k END, 20) AS k5,
  MIN(CASE WHEN NOT c6 IS NULL THEN k END, 20) AS k6,
  MIN(CASE WHEN NOT c7 IS NULL THEN k END, 20) AS k7,
  MIN(CASE WHEN NOT c8 IS NULL THEN k END, 20) AS k8
FROM (
  SELECT
    record_key AS k,
    CASE WHEN c2 = 1 THEN 1 END AS c0,
    CASE WHEN c3 = 1 THEN 1 END AS c1,
    CASE WHEN c4 = 1 THEN 1 END AS c2,
    CASE WHEN c5 = 1 THEN 1 END AS c3,
    CASE WHEN c6 = 1 THEN 1 END AS c4,
    CASE WHEN c7 = 1 THEN 1 END AS c5,
    CASE WHEN c8 = 1 THEN 1 END AS c6,
    CASE WHEN c9 = 1 THEN 1 END AS c7,
    CASE WHEN COALESCE(r0_too_many, 0) = 1 THEN 1 END AS c8,
    CASE WHEN c10 = 1 THEN 1 END AS c9
  FROM synth_records
  LEFT OUTER JOIN (
    SELECT
      r0_rows.ref_key AS r0_key,
      1 AS r0_found,
      CASE WHEN COUNT(*) > 5 THEN 1 ELSE 0 END AS r0_too_many
    FROM (
      SELECT
        synth_key AS ref_key
      FROM (
        SELECT
          NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("reviewer", -1) BETWEEN '!' AND '~' AND "reviewer" BETWEEN '!' AND '~'
                THEN "reviewer"
                ELSE TRIM("reviewer", '{white space}')
              END
            ),
            ''
          ) || '' || CAST(DATE_TRUNC(
            'SECOND',
            CASE
              WHEN REGEXP_MATCHES(
                "reviewed_at",
                '^((000[1-9]|00[1-9][0-9]|0[1-9][0-9]{2}|[1-9][0-9]{3})-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))|([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)-02-29)([T ]([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,6})?)?(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])?)?$'
              )
              THEN MAKE_TIMESTAMP(
                EPOCH_US(
                  CAST(CASE
                    WHEN LENGTH("reviewed_at") = 10
                    THEN "reviewed_at" || ' 00:00:00Z'
                    WHEN REGEXP_MATCHES("reviewed_at", '(Z|[+-](0[0-9]|1[0-4]):?[0-5][0-9])$')
                    THEN "reviewed_at"
                    ELSE "reviewed_at" || 'Z'
                  END AS TIMESTAMPTZ)
                )
              )
            END
          ) AS TEXT) AS synth_key,
          *
        FROM batch
        WHERE
          TRUE
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
