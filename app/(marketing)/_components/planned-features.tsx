import { featureCatalogue } from '@/lib/domains/entitlements/schemas';

/** What plans will carry one day, from the catalogue that also guards the product. */
export function PlannedFeatures() {
  const planned = Object.entries(featureCatalogue).filter(([, info]) => !info.available);
  return (
    <ul className="grid gap-x-8 sm:grid-cols-2 lg:grid-cols-3">
      {planned.map(([id, info]) => (
        <li key={id} className="border-t border-line py-2.5 text-md text-muted">
          {info.label}
        </li>
      ))}
    </ul>
  );
}
