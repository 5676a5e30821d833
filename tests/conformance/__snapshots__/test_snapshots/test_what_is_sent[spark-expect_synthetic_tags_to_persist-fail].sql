-- a lost tag, synthetic people made real, and a retention clock set back
(
  COALESCE(r0_found, 0) = 1
) AND (
  c5 = 1
)

(
  COALESCE(r0_found, 0) = 1
) AND (
  c6 = 1
)

(
  COALESCE(r0_found, 0) = 1
)
AND (
  (
    COALESCE(r0_generated_at, 0) = 1
  )
  AND (
    NOT (
      COALESCE(r1_found, 0) = 1
    )
  )
)

(
  COALESCE(r0_found, 0) = 1
)
AND (
  (
    COALESCE(r0_algorithm_version, 0) = 1
  )
  AND (
    NOT (
      COALESCE(r2_found, 0) = 1
    )
  )
)

(
  COALESCE(r0_found, 0) = 1
)
AND (
  (
    COALESCE(r0_dataset_id, 0) = 1
  )
  AND (
    NOT (
      COALESCE(r3_found, 0) = 1
    )
  )
)

COALESCE(r0_found, 0) = 1
