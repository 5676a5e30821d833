-- rows

(
  LOWER(
    CASE
      WHEN `marker` BETWEEN '!' AND '~' AND SUBSTRING(`marker`, -1) BETWEEN '!' AND '~'
      THEN `marker`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
    END
  ) IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `email` IS NULL
    THEN TRUE
    WHEN `email` BETWEEN '!' AND '~'
    THEN FALSE
    ELSE CASE
      WHEN `email` BETWEEN '!' AND '~' AND SUBSTRING(`email`, -1) BETWEEN '!' AND '~'
      THEN `email`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `email`)
    END = ''
  END
)

(
  LOWER(
    CASE
      WHEN `marker` BETWEEN '!' AND '~' AND SUBSTRING(`marker`, -1) BETWEEN '!' AND '~'
      THEN `marker`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
    END
  ) IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `email` RLIKE '(@shop[.]test)[ \t\r\n\013\014\034\035\036\037   -     　­͏؜ᅟᅠ᠋-᠎​-‏‪-‮⁠-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)'
    THEN CASE
      WHEN `email` BETWEEN '!' AND '~' AND SUBSTRING(`email`, -1) BETWEEN '!' AND '~'
      THEN `email`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `email`)
    END RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
    ELSE FALSE
  END
)

(
  LOWER(
    CASE
      WHEN `marker` BETWEEN '!' AND '~' AND SUBSTRING(`marker`, -1) BETWEEN '!' AND '~'
      THEN `marker`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
    END
  ) IN ('1', '1.0', 'true')
)
AND (
  `at` IS NULL
)

LOWER(
  CASE
    WHEN `marker` BETWEEN '!' AND '~' AND SUBSTRING(`marker`, -1) BETWEEN '!' AND '~'
    THEN `marker`
    ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
  END
) IN ('1', '1.0', 'true')

(
  LOWER(
    CASE
      WHEN `marker` BETWEEN '!' AND '~' AND SUBSTRING(`marker`, -1) BETWEEN '!' AND '~'
      THEN `marker`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
    END
  ) IN ('1', '1.0', 'true')
)
AND (
  CASE
    WHEN `email` RLIKE '(@shop[.]test)[ \t\r\n\013\014\034\035\036\037   -     　­͏؜ᅟᅠ᠋-᠎​-‏‪-‮⁠-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)'
    THEN CASE
      WHEN `email` BETWEEN '!' AND '~' AND SUBSTRING(`email`, -1) BETWEEN '!' AND '~'
      THEN `email`
      ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `email`)
    END RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
    ELSE FALSE
  END
)

-- lookups

COALESCE(r0_found, 0) = 1

(
  COALESCE(r0_tester, 0) = 1
) AND (
  c3 = 1
)

COALESCE(r0_lost, 0) = 1

COALESCE(r1_shared, 0) = 1

-- violating records

SELECT
  `id`
FROM `the batch`
WHERE
  (
    (
      LOWER(
        CASE
          WHEN `marker` BETWEEN '!' AND '~' AND SUBSTRING(`marker`, -1) BETWEEN '!' AND '~'
          THEN `marker`
          ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
        END
      ) IN ('1', '1.0', 'true')
    )
    AND (
      (
        CASE
          WHEN `email` IS NULL
          THEN TRUE
          WHEN `email` BETWEEN '!' AND '~'
          THEN FALSE
          ELSE CASE
            WHEN `email` BETWEEN '!' AND '~' AND SUBSTRING(`email`, -1) BETWEEN '!' AND '~'
            THEN `email`
            ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `email`)
          END = ''
        END
      )
      OR (
        CASE
          WHEN `email` RLIKE '(@shop[.]test)[ \t\r\n\013\014\034\035\036\037   -     　­͏؜ᅟᅠ᠋-᠎​-‏‪-‮⁠-⁯⠀ㅤ︀-️﻿ﾠ]*(?![^a]|a)'
          THEN CASE
            WHEN `email` BETWEEN '!' AND '~' AND SUBSTRING(`email`, -1) BETWEEN '!' AND '~'
            THEN `email`
            ELSE TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `email`)
          END RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
          ELSE FALSE
        END
      )
    )
  )

-- a sample

1 = 1

email

id
