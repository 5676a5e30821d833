-- rows

(
  LOWER(
    TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
  ) IN ('1', '1.0', 'true')
)
AND (
  (
    `email` IS NULL OR synth_m0 = ''
  )
)

(
  LOWER(
    TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
  ) IN ('1', '1.0', 'true')
)
AND (
  synth_m0 RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
)

(
  LOWER(
    TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
  ) IN ('1', '1.0', 'true')
)
AND (
  `at` IS NULL
)

LOWER(
  TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
) IN ('1', '1.0', 'true')

(
  LOWER(
    TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
  ) IN ('1', '1.0', 'true')
)
AND (
  synth_m0 RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
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
        TRIM(' \t\r\n\013\014\034\035\036\037                 　­͏؜ᅟᅠ᠋᠌᠍᠎​‌‍‎‏‪‫‬‭‮⁠⁡⁢⁣⁤⁥⁦⁧⁨⁩⁪⁫⁬⁭⁮⁯⠀ㅤ︀︁︂︃︄︅︆︇︈︉︊︋︌︍︎️﻿ﾠ' FROM `marker`)
      ) IN ('1', '1.0', 'true')
    )
    AND (
      (
        (
          `email` IS NULL OR synth_m0 = ''
        )
      )
      OR (
        synth_m0 RLIKE '(?s)^(.*@shop[.]test)(?![^a]|a)'
      )
    )
  )

-- a sample

1 = 1

email

id
