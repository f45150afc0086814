import type { ReactNode } from 'react';

function Icon({ children }: { readonly children: ReactNode }) {
  return (
    <svg
      className="icon"
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export const PlayIcon = () => (
  <svg className="icon" viewBox="0 0 24 24" fill="currentColor" aria-hidden="true">
    <path d="M7 4.6v14.800a1 1 0 0 0 1.520.850l12-7.400a1 1 0 0 0 0-1.700l-12-7.400A1 1 0 0 0 7 4.600z" />
  </svg>
);
export const SearchIcon = () => (
  <Icon>
    <circle cx="11" cy="11" r="6.500" />
    <path d="m16 16 4.500 4.500" />
  </Icon>
);
export const UploadIcon = () => (
  <Icon>
    <path d="M12 16V4m0 0L7 9m5-5 5 5M4 17v2a1.500 1.500 0 0 0 1.500 1.500h13A1.500 1.500 0 0 0 20 19v-2" />
  </Icon>
);
export const BackIcon = () => (
  <Icon>
    <path d="M19 12H5m0 0 6-6m-6 6 6 6" />
  </Icon>
);
export const LeftIcon = () => (
  <Icon>
    <path d="m15 5-7 7 7 7" />
  </Icon>
);
export const RightIcon = () => (
  <Icon>
    <path d="m9 5 7 7-7 7" />
  </Icon>
);
export const FilterIcon = () => (
  <Icon>
    <path d="M4 7h16M7 12h10M10 17h4" />
  </Icon>
);
export const CloseIcon = () => (
  <Icon>
    <path d="m6 6 12 12M18 6 6 18" />
  </Icon>
);
export const LockIcon = () => (
  <Icon>
    <path d="M8 11V7.5a4 4 0 0 1 8 0V11M6.5 11h11v9h-11z" />
  </Icon>
);
export const PlusIcon = () => (
  <Icon>
    <path d="M12 5v14M5 12h14" />
  </Icon>
);
export const CheckIcon = () => (
  <Icon>
    <path d="m5 12.5 5 5 9-11" />
  </Icon>
);
export const BookmarkIcon = () => (
  <Icon>
    <path d="M7 4h10v16l-5-4-5 4z" />
  </Icon>
);
export const ThumbUpIcon = () => (
  <Icon>
    <path d="M7 11v9H4v-9zm0 0 4-7a2 2 0 0 1 2 2v4h5.500a1.500 1.500 0 0 1 1.500 1.800l-1.300 6.500a2 2 0 0 1-2 1.700H7" />
  </Icon>
);
export const ThumbDownIcon = () => (
  <Icon>
    <path d="M17 13V4h3v9zm0 0-4 7a2 2 0 0 1-2-2v-4H5.500A1.500 1.500 0 0 1 4 12.200l1.300-6.500a2 2 0 0 1 2-1.700H17" />
  </Icon>
);
