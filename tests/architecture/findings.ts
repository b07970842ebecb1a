import ts from 'typescript'
import { directiveOf, nodesOf, parse, placeOf, type Source } from './sources.ts'

const CLOCK_AND_CHANCE = new Set(['Date', 'process', 'performance', 'crypto', 'setTimeout', 'setInterval', 'fetch'])

/** Places where a rule reads the clock, chance or the machine (style.md §1). Types and property names are no use. */
export function impurities(source: Source): string[] {
  const found: string[] = []
  for (const node of nodesOf(parse(source))) {
    if (ts.isPropertyAccessExpression(node) && node.getText() === 'Math.random') found.push(placeOf(node))
    if (!ts.isIdentifier(node) || !CLOCK_AND_CHANCE.has(node.text)) continue
    const { parent } = node
    const isName =
      (ts.isPropertyAccessExpression(parent) && parent.name === node) ||
      (ts.isPropertyAssignment(parent) && parent.name === node) ||
      ts.isPropertySignature(parent) ||
      ts.isBindingElement(parent) ||
      ts.isParameter(parent) ||
      ts.isVariableDeclaration(parent)
    if (!isName) found.push(placeOf(node))
  }
  return found
}

/** Exports of a `'use server'` file that are not the result of `defineAction`: each would be a public endpoint. */
export function openActions(source: Source): string[] {
  const file = parse(source)
  if (directiveOf(file) !== 'use server') return inlineActions(file)
  return file.statements.flatMap((statement) => {
    if (ts.isExportDeclaration(statement) || ts.isExportAssignment(statement)) return [placeOf(statement)]
    const exported =
      ts.canHaveModifiers(statement) &&
      ts.getModifiers(statement)?.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword)
    if (!exported || ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) return []
    if (!ts.isVariableStatement(statement)) return [placeOf(statement)]
    return statement.declarationList.declarations
      .filter(({ initializer }) => !isCallOf(initializer, 'defineAction'))
      .map((declaration) => placeOf(declaration))
  })
}

/** `'use server'` inside a function: an inline action carries what it closes over to the browser. */
function inlineActions(file: ts.SourceFile): string[] {
  return [...nodesOf(file)]
    .filter((node) => ts.isExpressionStatement(node) && ts.isStringLiteral(node.expression))
    .filter((node) => ((node as ts.ExpressionStatement).expression as ts.StringLiteral).text === 'use server')
    .map((node) => placeOf(node))
}

const isCallOf = (node: ts.Expression | undefined, name: string): boolean =>
  node !== undefined && ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.expression.text === name

const CLIENT_MAY_IMPORT = [
  /^next-auth\/react$/,
  /\/actions\.ts$/,
  /^@\/app\/_(ui|domain)\//,
  /^(\.\.?\/)+(.*\/)?_(ui|domain|parts)\//,
  /^@\/app\/.*\/_parts\//,
  /^\.\/[\w-]+\.(tsx?|css)$/,
  /^@\/lib\/(rules|i18n)\//,
  /^(\.\.\/)+lib\/(rules|i18n)\//,
  /^next-auth\/react$/,
  /^(react|react-dom|use-intl|zod)(\/|$)/,
  /^next\/(link|navigation|image|dynamic)$/,
  /^qrcode(\/|$)/,
]

/** Imports of a `'use client'` file that would draw server code into the browser; a type alone is no import. */
export function strayClientImports(source: Source): string[] {
  const file = parse(source)
  if (directiveOf(file) !== 'use client') return []
  return file.statements
    .filter(ts.isImportDeclaration)
    .filter((statement) => !statement.importClause?.isTypeOnly)
    .filter(({ moduleSpecifier }) => {
      const target = (moduleSpecifier as ts.StringLiteral).text
      return !CLIENT_MAY_IMPORT.some((pattern) => pattern.test(target))
    })
    .map((statement) => `${placeOf(statement)} ${(statement.moduleSpecifier as ts.StringLiteral).text}`)
}

/** Chinese written into a page instead of a message: it could not be shown in English. Comments are free. */
export function literalChinese(source: Source): string[] {
  return [...nodesOf(parse(source))]
    .filter(
      (node) =>
        ts.isJsxText(node) ||
        ts.isStringLiteral(node) ||
        ts.isNoSubstitutionTemplateLiteral(node) ||
        ts.isTemplateHead(node) ||
        ts.isTemplateMiddle(node) ||
        ts.isTemplateTail(node),
    )
    .filter((node) => /\p{Script=Han}/u.test((node as ts.LiteralLikeNode).text))
    .map((node) => placeOf(node))
}
