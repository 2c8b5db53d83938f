import { countryName } from './countries';

type Part = string | null;

/** An address as it stands on paper, line by line; parts that are missing leave no gap. */
export function addressLines(address: {
  line1: Part;
  line2: Part;
  postal_code: Part;
  city: Part;
  state: Part;
  country: Part;
}): string[] {
  const { line1, line2, postal_code, city, state, country } = address;
  const place = [postal_code, city, state].filter(Boolean).join(' ');
  return [line1, line2, place, country && countryName(country)].flatMap((line) => line || []);
}
