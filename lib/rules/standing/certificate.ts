import type { CertificateKind, Stage } from '../register/vocabulary.ts'
import { done, type Outcome, refuse } from '../values/outcome.ts'

/** Stages each certificate may teach: its own and those below (教师资格条例 Art. 5); 高级中学 and 中等职业学校 are equal. */
export const CERTIFICATE_REACH: Record<CertificateKind, readonly Stage[]> = {
  kindergarten: ['K'],
  primary: ['K', 'P'],
  junior: ['K', 'P', 'J'],
  senior: ['K', 'P', 'J', 'S'],
  vocational: ['K', 'P', 'J', 'S'],
  practice: [],
  higher: ['K', 'P', 'J', 'S'],
}

/** Highest of primary and junior a certificate reaches, as the planner needs it. */
export const certificateStage = (kind: CertificateKind | null): 'P' | 'J' | null => {
  if (kind === null) return null
  const reach = CERTIFICATE_REACH[kind]
  return reach.includes('J') ? 'J' : reach.includes('P') ? 'P' : null
}

export interface CertificateCheck {
  /** Subject differs and the post does not insist (R-CERT-1). */
  warning: 'standing.certificate.subjectDiffers' | null
}

/**
 * Whether a certificate is enough for a post (R-CERT-1): the stage is the legal minimum and refuses; the subject warns,
 * unless the post asks for it strictly. Research posts need no stage.
 */
export function certificateFits(
  held: { kind: CertificateKind | null; subject: string | null },
  post: { stage: Stage; subject: string; strict: boolean },
): Outcome<CertificateCheck> {
  if (held.kind === null) return refuse('standing.refusal.certificate.missing', undefined, { rule: 'R-CERT-1' })
  if (post.stage !== 'R' && !CERTIFICATE_REACH[held.kind].includes(post.stage))
    return refuse('standing.refusal.certificate.stage', { kind: held.kind, stage: post.stage }, { rule: 'R-CERT-1' })
  const sameSubject = held.subject === post.subject
  if (!sameSubject && post.strict)
    return refuse('standing.refusal.certificate.subject', { subject: post.subject }, { rule: 'R-CERT-1' })
  return done({ warning: sameSubject ? null : 'standing.certificate.subjectDiffers' })
}
