import { LinkTabs } from '@/components/ui/tabs';

/** The pages of the settings. */
export function SettingsTabs({ base, current }: { base: string; current: 'general' | 'branding' }) {
  const general = `${base}/settings`;
  const branding = `${base}/settings/branding`;
  return (
    <LinkTabs
      label="Settings"
      current={current === 'general' ? general : branding}
      items={[
        { label: 'General', href: general },
        { label: 'Branding', href: branding },
      ]}
    />
  );
}
