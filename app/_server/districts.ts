import 'server-only'
import { existsSync } from 'node:fs'
import { listDistricts } from '@/db/scope.ts'
import { districtsWithoutUsers, setUpTokenFile } from '@/lib/platform/set-up.ts'

/** The districts of this installation by name, for the sign-in page. */
export const districtChoices = () => listDistricts()

/** Districts that have no account yet, while the set-up token is there. */
export const setUpChoices = async () => (existsSync(setUpTokenFile()) ? districtsWithoutUsers() : [])
