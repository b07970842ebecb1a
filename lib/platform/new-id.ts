import { uuidv7 } from 'uuidv7'

/** A fresh id, ordered by time of making. */
export const newId = <T extends string>(): T => uuidv7() as T
