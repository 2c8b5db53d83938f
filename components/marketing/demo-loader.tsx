'use client';

import { type ComponentType, type ReactNode, useEffect, useRef, useState } from 'react';
import type { DemoView } from './demo-types';

/** Shows the still until it is in view and the browser is idle, then puts the live demo in its place. */
export function DemoLoader({ demo, children }: { demo: DemoView; children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [Live, setLive] = useState<ComponentType<{ demo: DemoView }> | null>(null);
  useEffect(() => {
    if (!place.current) return undefined;
    let gone = false;
    const observer = new IntersectionObserver(
      ([entry]) => {
        if (!entry?.isIntersecting) return;
        observer.disconnect();
        // Without the code the still stays: it shows the same curve.
        import('./demo-live').then(
          (module) => !gone && setLive(() => module.DemoLive),
          () => undefined,
        );
      },
      { rootMargin: '120px' },
    );
    observer.observe(place.current);
    return () => {
      gone = true;
      observer.disconnect();
    };
  }, []);
  return <div ref={place}>{Live ? <Live demo={demo} /> : children}</div>;
}
