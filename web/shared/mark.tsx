/** The mark of Okno: a window with one lit pane. A city's own mark replaces it in its theme. */
export function Mark({ className }: { readonly className: string }) {
  return (
    <svg className={className} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" stroke="currentColor" strokeWidth="3">
        <rect x="3" y="3" width="26" height="26" rx="5" />
        <path d="M16 3v26M3 16h26" />
      </g>
      <rect className="mark-pane" x="17.5" y="4.5" width="10" height="10" rx="2.5" />
    </svg>
  );
}
