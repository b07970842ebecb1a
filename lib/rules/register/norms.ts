import { z } from 'zod'

/** A ratio of staff to pupils 1 : pupilsTenths/10, in tenths so that 13.5 is exact. */
const pupilsTenths = z.int().min(10).max(1000)

/** Norm settings of R-EST-1 (国办发〔2001〕74号 city column, unified 2014; small-school class rule: DESIGN). */
export const normSchema = z.strictObject({
  primaryTenths: pupilsTenths,
  juniorTenths: pupilsTenths,
  seniorTenths: pupilsTenths,
  /** Below so many pupils the class rule applies too. */
  smallBelow: z.int().min(0).max(1000),
  /** Staff per class of a small school, in tenths. */
  staffPerClassTenths: z.int().min(0).max(100),
})
export type NormSettings = z.infer<typeof normSchema>

/** 1 : 19, 1 : 13.5, 1 : 12.5; under 200 pupils 2.0 a class. */
export const DEFAULT_NORM: NormSettings = {
  primaryTenths: 190,
  juniorTenths: 135,
  seniorTenths: 125,
  smallBelow: 200,
  staffPerClassTenths: 20,
}
