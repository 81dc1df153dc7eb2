// Decimal numbers as text. Never parsed into a binary float: 0.1 + 0.2 is not an order value.

/** Longer numbers are shown as they came: nobody reads them, and formatting has a limit. */
const DIGITS_MAX = 40;
const FRACTION_MAX = 20;

export interface Decimal {
  /** Exactly the characters that came, accepted by `Intl.NumberFormat.format` as exact decimal. */
  text: Intl.StringNumericLiteral;
  fractionDigits: number;
}

/**
 * Reads `-?digits[.digits]` and nothing else: no exponent, no grouping, no currency sign, no blanks,
 * and no leading zeros (007 is a number to a computer but an identifier to the person who sent it).
 */
export function parseDecimal(value: string): Decimal | null {
  const match = /^-?(?:0|[1-9][0-9]*)(?:\.([0-9]+))?$/.exec(value);
  if (match === null || value.length > DIGITS_MAX) return null;
  const fractionDigits = match[1]?.length ?? 0;
  if (fractionDigits > FRACTION_MAX) return null;
  return { text: value as Intl.StringNumericLiteral, fractionDigits };
}
