-- a placeholder answers nothing
SELECT
  COUNT(*) AS n,
  COUNT(
    CASE
      WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
      THEN 1
    END
  ) AS n0,
  COUNT(
    CASE
      WHEN (
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
      )
      AND (
        (
          (
            "source" IS NULL OR TRIM("source", '{white space}') = ''
          )
          OR LOWER(TRIM("source", '{white space}')) IN (
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
        OR (
          (
            "version" IS NULL OR TRIM("version", '{white space}') = ''
          )
          OR LOWER(TRIM("version", '{white space}')) IN (
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
      )
      THEN 1
    END
  ) AS n1,
  COUNT(
    CASE
      WHEN (
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
      )
      AND (
        (
          "source" IS NULL OR TRIM("source", '{white space}') = ''
        )
        OR LOWER(TRIM("source", '{white space}')) IN (
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
    END
  ) AS n2,
  COUNT(
    CASE
      WHEN (
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('1', '1.0', 'true')
      )
      AND (
        (
          "version" IS NULL OR TRIM("version", '{white space}') = ''
        )
        OR LOWER(TRIM("version", '{white space}')) IN (
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
    END
  ) AS n3,
  COUNT(
    CASE
      WHEN LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', 'false')
      THEN 1
    END
  ) AS n4,
  COUNT(
    CASE
      WHEN NOT COALESCE(
        LOWER(TRIM("is_synthetic", '{white space}')) IN ('0', '0.0', '1', '1.0', 'false', 'true'),
        FALSE
      )
      THEN 1
    END
  ) AS n5
FROM batch
