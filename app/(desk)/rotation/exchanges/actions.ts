'use server'
import { defineAction } from '@/app/_server/action.ts'
import { makeExchangeCases } from '@/lib/rotation/commands/exchange-cases.ts'
import { answerExchange, offerExchange, withdrawExchange } from '@/lib/rotation/commands/exchange-consent.ts'

const exchange = { refresh: ['/rotation', '/inbox'] }

export const offerExchangeAction = defineAction(offerExchange, exchange)
export const withdrawExchangeAction = defineAction(withdrawExchange, exchange)
export const makeExchangeAction = defineAction(makeExchangeCases, exchange)
export const answerExchangeAction = defineAction(answerExchange, { refresh: ['/my', '/inbox'] })
