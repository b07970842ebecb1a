import { tmpdir } from 'node:os'
import { describe, expect, test } from 'vitest'
import { preparationFailure } from '@/lib/cli/preparation-failure.ts'

const failed = (cause: Error) => new Error('insert into teachers … params: 王小芳,15272519850312002X', { cause })

describe('what is said when preparing the database fails', () => {
  test('a full disk is said as one, whoever noticed', () => {
    const full = Object.assign(new Error('could not extend file "base/1/2"'), { code: '53100' })
    expect(preparationFailure(failed(full), tmpdir()).zh).toContain('磁盘空间不足')
    expect(preparationFailure(new Error('write: No space left on device'), tmpdir()).zh).toContain('磁盘空间不足')
  })

  test('anything else is named by the database’s own words, never by the statement and its values', () => {
    const halt = preparationFailure(failed(Object.assign(new Error('permission denied'), { code: '42501' })), tmpdir())
    expect(halt.zh).toBe('准备数据库失败。')
    expect(halt.detail).toContain('42501 permission denied')
    expect(halt.detail).not.toMatch(/王小芳|insert into/)
  })
})
