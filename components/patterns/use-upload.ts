'use client';

import { useCallback, useEffect, useRef, useState } from 'react';

export interface UploadAnswer {
  status: number;
  /** Parsed JSON, or null when the answer was something else. */
  body: unknown;
}

/**
 * Sends a file as a request body with progress, which `fetch` doesn't report. `progress` is 0…1 while it runs.
 * `send` resolves with whatever the server answered, and rejects when it did not answer or was cancelled.
 */
export function useUpload(): {
  progress: number | null;
  send: (
    url: string,
    file: Blob,
    headers?: Readonly<Record<string, string>>,
  ) => Promise<UploadAnswer>;
  cancel: () => void;
} {
  const [progress, setProgress] = useState<number | null>(null);
  const request = useRef<XMLHttpRequest | null>(null);
  const cancel = useCallback(() => request.current?.abort(), []);
  useEffect(() => cancel, [cancel]);
  const send = useCallback(
    (url: string, file: Blob, headers: Readonly<Record<string, string>> = {}) =>
      new Promise<UploadAnswer>((resolve, reject) => {
        const xhr = new XMLHttpRequest();
        request.current = xhr;
        setProgress(0);
        const end = (settle: () => void) => () => {
          setProgress(null);
          settle();
        };
        xhr.upload.onprogress = (event) => {
          if (event.lengthComputable) setProgress(event.loaded / event.total);
        };
        xhr.onload = end(() => resolve({ status: xhr.status, body: parsed(xhr.responseText) }));
        xhr.onerror = end(() =>
          reject(new Error('The connection was lost before the server answered.')),
        );
        xhr.onabort = end(() => reject(new Error('The upload was cancelled.')));
        xhr.open('POST', url);
        xhr.setRequestHeader('Accept', 'application/json');
        for (const [name, value] of Object.entries(headers)) xhr.setRequestHeader(name, value);
        xhr.send(file);
      }),
    [],
  );
  return { progress, send, cancel };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
