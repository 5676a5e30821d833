-- a record that was cleared twice, spelled otherwise
WITH synth_records AS (
  SELECT
    "id" AS record_key,
    NULLIF(
      CASE
        WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
        THEN "id"
        ELSE TRIM("id", '{white space}')
      END,
      ''
    ) AS k1,
    CASE WHEN synth_m0 AND synth_m2 THEN 1 ELSE 0 END AS c2,
    CASE
      WHEN (
        synth_m0 OR synth_m2
      )
      AND NOT (
        COALESCE(synth_m0, FALSE) AND COALESCE(synth_m2, FALSE)
      )
      AND NOT FALSE
      THEN 1
      ELSE 0
    END AS c3,
    CASE WHEN synth_m0 THEN 1 ELSE 0 END AS c4,
    CASE WHEN synth_m2 THEN 1 ELSE 0 END AS c5,
    CASE WHEN (
      (
        synth_m0 AND synth_m2
      ) OR FALSE
    ) THEN 1 ELSE 0 END AS c6
  FROM (
    SELECT
      "email",
      "id",
      "is_synthetic",
      "phone",
      CASE
        WHEN REGEXP_MATCHES(
          "email",
          '(?i)([@.](test|example|invalid|localhost)[.]?|[@.]example[.](com|net|org)[.]?)[{white space}]*$'
        )
        THEN REGEXP_MATCHES(
          NULLIF(
            LOWER(
              CASE
                WHEN SUBSTRING("email", -1) BETWEEN '!' AND '~' AND "email" BETWEEN '!' AND '~'
                THEN "email"
                ELSE TRIM("email", '{white space}')
              END
            ),
            ''
          ),
          '(?s)^((.*@(.*[.])?(test|example|invalid|localhost)[.]?)|(.*@(.*[.])?example[.](com|net|org)[.]?))$'
        )
        ELSE FALSE
      END AS synth_m0,
      LOWER(TRIM("is_synthetic", '{white space}')) AS synth_m1,
      REGEXP_MATCHES(
        CASE
          WHEN LENGTH(
            TRANSLATE(
              REGEXP_REPLACE(
                REGEXP_REPLACE(
                  REPLACE(
                    REGEXP_REPLACE(
                      LOWER(
                        CASE
                          WHEN SUBSTRING("phone", -1) BETWEEN '!' AND '~' AND "phone" BETWEEN '!' AND '~'
                          THEN "phone"
                          ELSE TRIM("phone", '{white space}')
                        END
                      ),
                      '(?s)(ext|x|#|;).*$',
                      '',
                      'g'
                    ),
                    '(0)',
                    ''
                  ),
                  '[^0-9+]',
                  '',
                  'g'
                ),
                '^00',
                '+',
                'g'
              ),
              '+',
              ''
            )
          ) > 6
          THEN REGEXP_REPLACE(
            REGEXP_REPLACE(
              REPLACE(
                REGEXP_REPLACE(
                  LOWER(
                    CASE
                      WHEN SUBSTRING("phone", -1) BETWEEN '!' AND '~' AND "phone" BETWEEN '!' AND '~'
                      THEN "phone"
                      ELSE TRIM("phone", '{white space}')
                    END
                  ),
                  '(?s)(ext|x|#|;).*$',
                  '',
                  'g'
                ),
                '(0)',
                ''
              ),
              '[^0-9+]',
              '',
              'g'
            ),
            '^00',
            '+',
            'g'
          )
        END,
        '^(([+]1[2-9][0-9]{2}55501[0-9]{2})|([+]440?1(1[3-8]|[2-6]1)4960[0-9]{3})|([+]440?1914980[0-9]{3})|([+]440?2079460[0-9]{3})|([+]440?28(96496|90180)[0-9]{3})|([+]440?2920180[0-9]{3})|([+]440?1632960[0-9]{3})|([+]440?7700900[0-9]{3})|([+]440?8081570[0-9]{3})|([+]440?9098790[0-9]{3})|([+]440?3069990[0-9]{3})|([+]610?[2378](5550|7010)[0-9]{4})|([+]610?491570(15[6789]|110))|(([+]61)?1800(160401|975707)))$'
      ) AS synth_m2
    FROM batch
    WHERE
      NOT COALESCE(LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true'), FALSE)
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
  COUNT(c0) AS a0,
  MIN(CASE WHEN NOT c0 IS NULL THEN k END, 20) AS k0
FROM (
  SELECT
    record_key AS k,
    CASE WHEN (
      c2 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c0,
    CASE WHEN (
      c3 = 1
    ) AND (
      NOT (
        COALESCE(r0_found, 0) = 1
      )
    ) THEN 1 END AS c1,
    CASE WHEN c4 = 1 THEN 1 END AS c2,
    CASE WHEN c5 = 1 THEN 1 END AS c3,
    CASE WHEN (
      c6 = 1
    ) AND (
      COALESCE(r0_found, 0) = 1
    ) THEN 1 END AS c4
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
              WHEN SUBSTRING("id", -1) BETWEEN '!' AND '~' AND "id" BETWEEN '!' AND '~'
              THEN "id"
              ELSE TRIM("id", '{white space}')
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
) AS synth_flags
