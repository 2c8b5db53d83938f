'use client';

import { type ReactNode, useState, useTransition } from 'react';
import { Button } from '../ui/button';
import { Callout } from '../ui/callout';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '../ui/dialog';
import { Field } from '../ui/field';
import { Input } from '../ui/input';
import { toast } from '../ui/toast';

export interface ConfirmDialogProps {
  /** Names the object: "Delete strategy “SMA cross”?" */
  title: string;
  /** What goes, what stays, and whether it can be undone. */
  children: ReactNode;
  /** The verb: "Delete strategy". */
  confirmLabel: string;
  /** Has to be typed first: the object's name, for what can't be undone. */
  typed?: string;
  /** Does it. Return a sentence to show it as the reason why it failed. */
  onConfirm: () => Promise<string | undefined>;
  /** Toast when it is done. */
  success?: string;
  /** The button that opens it; or use `open` and `onOpenChange`. */
  trigger?: ReactNode;
  open?: boolean;
  onOpenChange?: (open: boolean) => void;
}

/** Asks before something is destroyed, by the name of the thing. */
export function ConfirmDialog(props: ConfirmDialogProps) {
  const [inner, setInner] = useState(false);
  const [text, setText] = useState('');
  const [failure, setFailure] = useState<string | null>(null);
  const [pending, start] = useTransition();
  const setOpen = (open: boolean) => {
    setInner(open);
    setText('');
    setFailure(null);
    props.onOpenChange?.(open);
  };
  const confirm = () =>
    start(async () => {
      try {
        const reason = await props.onConfirm();
        if (reason !== undefined) {
          setFailure(reason);
          return;
        }
        setOpen(false);
        if (props.success) toast.success(props.success);
      } catch {
        setFailure(
          'The server did not answer. Nothing may have changed; reload and look before you try again.',
        );
      }
    });
  const ready = props.typed === undefined || text.trim() === props.typed;
  return (
    <Dialog open={props.open ?? inner} onOpenChange={setOpen}>
      {props.trigger ? <DialogTrigger asChild>{props.trigger}</DialogTrigger> : null}
      <DialogContent
        title={props.title}
        footer={
          <>
            <DialogClose asChild>
              <Button variant="secondary">Keep it</Button>
            </DialogClose>
            <Button variant="danger" disabled={!ready} pending={pending} onClick={confirm}>
              {props.confirmLabel}
            </Button>
          </>
        }
      >
        <div className="flex flex-col gap-4 text-base">
          <div>{props.children}</div>
          {failure ? (
            <Callout tone="negative" announce>
              {failure}
            </Callout>
          ) : null}
          {props.typed === undefined ? null : (
            <Field label={<>Type “{props.typed}” to confirm</>}>
              <Input
                value={text}
                onChange={(event) => setText(event.target.value)}
                autoComplete="off"
              />
            </Field>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
