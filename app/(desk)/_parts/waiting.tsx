/** A number still being read: the page beside it need not wait for it. */
export async function Waiting({ count, quietClass }: { count: Promise<number>; quietClass?: string }) {
  const waiting = await count
  if (waiting > 0) return <span className="count">{waiting}</span>
  return quietClass ? <span className={quietClass}>{waiting}</span> : null
}
