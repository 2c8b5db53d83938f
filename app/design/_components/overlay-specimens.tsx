'use client';

import { ConfirmDialog } from '@/components/patterns/confirm-dialog';
import { Button } from '@/components/ui/button';
import { Dialog, DialogClose, DialogContent, DialogTrigger } from '@/components/ui/dialog';
import { Separator } from '@/components/ui/separator';
import { Tab, TabList, TabPanel, Tabs } from '@/components/ui/tabs';
import { toast } from '@/components/ui/toast';
import { Tooltip } from '@/components/ui/tooltip';
import { Chapter, Row } from './specimen';

export function OverlaySpecimens() {
  return (
    <Chapter title="Overlays">
      <Row name="Open one">
        <Dialog>
          <DialogTrigger asChild>
            <Button variant="secondary">Dialog</Button>
          </DialogTrigger>
          <DialogContent
            title="Rename strategy"
            description="The name is seen by everyone in the workspace."
            footer={
              <DialogClose asChild>
                <Button>Rename strategy</Button>
              </DialogClose>
            }
          >
            <p>On a phone this is a sheet from the bottom.</p>
          </DialogContent>
        </Dialog>
        <ConfirmDialog
          title="Delete strategy “SMA cross”?"
          confirmLabel="Delete strategy"
          typed="SMA cross"
          success="Strategy deleted"
          onConfirm={async () => undefined}
          trigger={<Button variant="danger">Delete</Button>}
        >
          Its 12 back-tests stay; they keep the rules they ran with. This can’t be undone.
        </ConfirmDialog>
        <Button
          variant="secondary"
          onClick={() => toast.success('Strategy saved', { description: 'Version 4' })}
        >
          Toast
        </Button>
        <Tooltip text="Said on hover and on focus">
          <Button variant="secondary">Tooltip</Button>
        </Tooltip>
      </Row>
      <Separator label="or" />
      <Tabs defaultValue="trades">
        <TabList>
          <Tab value="trades">Trades</Tab>
          <Tab value="metrics">Metrics</Tab>
        </TabList>
        <TabPanel value="trades">The trades.</TabPanel>
        <TabPanel value="metrics">The metrics.</TabPanel>
      </Tabs>
    </Chapter>
  );
}
