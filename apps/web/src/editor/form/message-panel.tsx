import { type ReactNode, useEffect, useRef } from 'react';

export interface MessagePanelProps {
  readonly heading: string;
  readonly isProblem?: boolean;
  readonly children?: ReactNode;
}

/** The result of an action. Takes the focus, because the button of the action often no longer exists, or is disabled. */
export function MessagePanel({ heading, isProblem = false, children }: MessagePanelProps) {
  const panel = useRef<HTMLElement>(null);
  useEffect(() => {
    panel.current?.focus();
    panel.current?.scrollIntoView({ block: 'nearest' });
  }, []);
  return (
    <section
      ref={panel}
      className={isProblem ? 'panel message-panel message-panel-problem' : 'panel message-panel'}
      role={isProblem ? 'alert' : 'status'}
      tabIndex={-1}
    >
      <h2>{heading}</h2>
      {children}
    </section>
  );
}
