import { notifications } from '@mantine/notifications';

/** A passing word about something that could not be taken. */
export function say(message: string): void {
  notifications.show({ color: 'orange', message, withBorder: true });
}
