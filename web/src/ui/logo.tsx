// The mark: two jacks and a cord.
import { rem } from './icon';

export function Logo({ size = 28 }: { size?: number }) {
  return (
    <svg
      width={rem(size)}
      height={rem(size)}
      viewBox="0 0 32 32"
      aria-hidden="true"
      focusable="false"
    >
      <rect width="32" height="32" rx="8" fill="var(--accent)" />
      <g fill="none" stroke="var(--on-accent)" strokeWidth="2.6" strokeLinecap="round">
        <circle cx="10" cy="11" r="3.2" />
        <circle cx="22" cy="11" r="3.2" />
        <path d="M10 14.5c0 11 12 11 12 0" />
      </g>
    </svg>
  );
}
