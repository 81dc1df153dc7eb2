// `currency`: "299.99" -> $299.99 in the tenant's currency. The unit is not in the data.
import { parseDecimal } from './decimal';
import { type Formatted, formatted, type Place, raw } from './formatted';

export function formatCurrency(value: string, place: Place): Formatted {
  const decimal = parseDecimal(value);
  if (decimal === null) {
    return raw(value, 'Shown as it came: this is not a plain amount such as 1250.75.');
  }
  const usual = new Intl.NumberFormat(place.locale, {
    style: 'currency',
    currency: place.currency,
  });
  const usualDigits = usual.resolvedOptions().maximumFractionDigits ?? 2;
  // 12.345 stays 12.345: digits that came are never rounded away.
  const exact = new Intl.NumberFormat(place.locale, {
    style: 'currency',
    currency: place.currency,
    maximumFractionDigits: Math.max(usualDigits, decimal.fractionDigits),
  });
  return formatted(
    exact.format(decimal.text),
    `Amount in ${place.currency}, this center's currency`,
  );
}
