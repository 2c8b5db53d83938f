/** The product's mark: an N drawn as a step in a price curve. Takes the text colour; decorative. */
export function BrandMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 24 24" className={className ?? 'size-6'} aria-hidden="true">
      <rect width="24" height="24" rx="6" className="fill-accent" />
      <path
        d="M5.5 18V8.5h4.25v7h4.5v-9.5H18.5"
        fill="none"
        strokeWidth="2.25"
        strokeLinecap="square"
        className="stroke-on-accent"
      />
    </svg>
  );
}
