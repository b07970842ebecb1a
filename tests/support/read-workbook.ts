import XLSX from '@e965/xlsx'

/** Every cell of every sheet, as text, hidden sheets and columns too. */
export async function readWorkbook(file: Buffer): Promise<Record<string, (string | number | null)[][]>> {
  const book = XLSX.read(file)
  return Object.fromEntries(
    book.SheetNames.map((name) => [
      name,
      XLSX.utils.sheet_to_json<(string | number | null)[]>(book.Sheets[name]!, { header: 1, defval: null }),
    ]),
  )
}
