-- as spark, but for:
-- name: 'databricks'
-- sqlglot: 'databricks'
-- package: 'databricks-sqlalchemy'
-- extra: 'databricks'
-- sample_address: 'databricks://token:word@host?http_path=path&catalog=crm&schema=public'
-- data_source_type: 'databricks_sql'
-- strict_address: True
-- blank text
CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_LIKE(`text`, '^[{white space}]*(?![^a]|a)') END
-- given text
NOT CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_LIKE(`text`, '^[{white space}]*(?![^a]|a)') END
-- matches
CASE WHEN REGEXP_LIKE(`text`, '^[{white space}]*(tr?ue|[a-z]+true)[{white space}]*(?![^a]|a)') THEN REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '^((tr?ue)|([a-z]+true))(?![^a]|a)') ELSE FALSE END
-- not matches
NOT COALESCE(REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '^((ab)|([0-9]+))(?![^a]|a)'), FALSE)
-- matches with a dot
CASE WHEN REGEXP_LIKE(`text`, '(?s)^[{white space}]*(a.b)[{white space}]*(?![^a]|a)') THEN REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '(?s)^(a.b)(?![^a]|a)') ELSE FALSE END
-- matches mail
CASE WHEN REGEXP_LIKE(`text`, '^[{white space}]*([^@]+@[A-Za-z]+[.]COM)[{white space}]*(?![^a]|a)') THEN REGEXP_LIKE(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, '^([^@]+@[A-Za-z]+[.]COM)(?![^a]|a)') ELSE FALSE END
-- matches in any case
CASE WHEN REGEXP_LIKE(`text`, '(?s)(?iu)^[{white spa…47 82913756…te space}]*(?![^a]|a)') THEN REGEXP_LIKE(TRIM('{white space}' FROM LOWER(TRIM('{white space}' FROM `text`))), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))(?![^a]|a)') ELSE FALSE END
-- matches normalised mail
CASE WHEN REGEXP_LIKE(`text`, '(?s)(?iu)^[{white spa…47 82913756…te space}]*(?![^a]|a)') THEN REGEXP_LIKE(NULLIF(CASE WHEN LO…428 905ad74b… ELSE TRIM('{white space}' FROM `text`) END) END, ''), '(?s)^([a-z.]+@(.*[.])?example[.](com|net))(?![^a]|a)') ELSE FALSE END
-- matches digits
REGEXP_LIKE(NULLIF(REGEXP_REPLACE(`text`, '[^0-9]', ''), ''), '(?s)^(42+.*)(?![^a]|a)')
-- matches a number
REGEXP_LIKE(TRIM('{white space}' FROM CAST(`count` AS STRING)), '^(-?[0-9])(?![^a]|a)')
-- matches a float
REGEXP_LIKE(TRIM('{white space}' FROM CASE WHEN ISNAN(`share`) THEN NULL WHEN ABS(`share`) < 1e18 AND `share` = FLOOR(`share`) THEN CAST(CAST(`share` AS BIGINT) AS STRING) ELSE CASE WHEN REGEXP_LIKE(CAST(`share` AS STRING), '^-?[0-9]+[.][0-9]*(?![^a]|a)') THEN REGEXP_REPLACE(CAST(`share` AS STRING), '([.]|[.]?0+)(?![^a]|a)', '') ELSE CAST(`share` AS STRING) END END), '^([0-9.]+)(?![^a]|a)')
-- matches a decimal
REGEXP_LIKE(TRIM('{white space}' FROM CASE WHEN ABS(`amount`) < 1e18 AND `amount` = FLOOR(`amount`) THEN CAST(CAST(`amount` AS BIGINT) AS STRING) ELSE CASE WHEN REGEXP_LIKE(CAST(`amount` AS STRING), '^-?[0-9]+[.][0-9]*(?![^a]|a)') THEN REGEXP_REPLACE(CAST(`amount` AS STRING), '([.]|[.]?0+)(?![^a]|a)', '') ELSE CAST(`amount` AS STRING) END END), '^([0-9])(?![^a]|a)')
-- matches a date
REGEXP_LIKE(TRIM('{white space}' FROM CAST(`day` AS STRING)), '(?s)^(2026-11-2.)(?![^a]|a)')
-- matches a boolean
REGEXP_LIKE(TRIM('{white space}' FROM CAST(`flag` AS STRING)), '(?s)^(t.*)(?![^a]|a)')
-- normalised name
NULLIF(CASE WHEN OCTET_LENGTH(`text`) = LENGTH(`text`) THEN LOWER(TRANSLATE(`text`, ' \t\r\n.,;:\'`"()/-_', '')) ELSE TRANSLA…4306 2d734994…êëìíîïñòóôõö…265 0b7a8a57…'’‘`´"()/-‐‑–—_·ʻʼ・、。', 'aaaaaaceeeeiiiinooooo…207 31634b67…oooooooooouuuuuuuyyyy') END, '') = 'ab'
-- normalised American phone
CASE WHEN LENGTH(REPLACE(CASE WHEN REGEXP_LIKE(REGEXP_REPLACE(REGEXP_REPLACE(REPLACE(REGEXP_REPLACE(LOWER(CASE WHEN `other` B…2869 4592373b…ce}' FROM `other`) END), '(?s)(ext|x|#|;).*(?![^a]|a)', ''), '(0)', ''), '[^0-9+]', ''), '^00', '+') END END = '+12125550187'
-- record key of text
CASE WHEN (`text` BETWEEN '0' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '0' AND '~') AND OCTET_LENGTH(`text`) < 18 AND (OCTET…2907 e2d0bcfd… 63e132e9…a-f]{12}[}](?![^a]|a)')) THEN REPLACE(LOWER(SUBSTRING(synth_v, 2, 36)), '-', '') ELSE synth_v END), 1) END = 'True'
-- ranked text
SHA2('7|' || (CASE WHEN REGEXP_LIKE(CASE WHEN (`other` BETWEEN '0' AND '~' AND SUBSTRING(`other`, -1) BETWEEN '0' AND '~') AN…9646 72ce173a…, 2, 36)), '-', '') ELSE synth_v END), 1) END END), 256) = '0a92298b7c1fc32469068c2a5554d990f239142ee6ea3baf7f9a006b8b77a45b'
-- unreadable
NOT CASE WHEN `time` IS NULL THEN TRUE WHEN `time` BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_LIKE(`time`, '^[{white space}]*…648 e6a199f5…GEXP_LIKE(`time`, '(Z|[+-](0[0-9]|1[0-4])(:?[0-5][0-9])?)(?![^a]|a)') THEN '' ELSE 'Z' END END AS TIMESTAMP_LTZ) END IS NULL)
-- before, text
CASE WHEN REGEXP_LIKE(`time`, '^(((000[1-9]|00[1-9][…648 06995a40…][0-9])?)?)(?![^a]|a)') THEN CAST(CASE WHEN LENGTH(`time`) …540 59c94e3b…])(:?[0-5][0-9])?)(?![^a]|a)') THEN '' ELSE 'Z' END END AS TIMESTAMP_LTZ) END < CAST('2026-11-22 12:00:00Z' AS TIMESTAMP_LTZ)
-- day of text
CAST(FLOOR(UNIX_SECONDS(CASE WHEN REGEXP_LIKE(`time`, '^(((000[1-9]|00[1-9][…648 06995a40…][0-9])?)?)(?![^a]|a)') THEN CAST(C…645 4b6f1415…86400) AS STRING) = CAST(FLOOR(UNIX_SECONDS(CAST(CAST(`day` AS STRING) || ' 00:00:00Z' AS TIMESTAMP_LTZ)) / 86400) AS STRING)
-- values repeat, blank
CASE WHEN `text` IS NULL THEN TRUE WHEN `text` BETWEEN '!' AND '~' THEN FALSE ELSE REGEXP_LIKE(`text`, '^[{white space}]*(?![^a]|a)') END
-- a capital first
CASE WHEN REGEXP_LIKE(`text`, '^[{white space}]*([A-Z][a-z]+)[{white space}]*(?![^a]|a)') THEN REGEXP_LIKE(NULLIF(CASE WHEN `text` BETWEEN '!' AND '~' AND SUBSTRING(`text`, -1) BETWEEN '!' AND '~' THEN `text` ELSE TRIM('{white space}' FROM `text`) END, ''), '^([A-Z][a-z]+)(?![^a]|a)') ELSE FALSE END
-- is_interrupted: as most dialects
