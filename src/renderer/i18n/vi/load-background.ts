import type { loadBackground as en } from '../en/load-background.ts';
import type { TextsLike } from '../texts.ts';

export const loadBackground: TextsLike<typeof en> = {
  background: {
    title: 'Lần nạp lớn: sẽ chạy nền',
    takes: 'Các tệp đã chọn có dung lượng {{size}}. Việc nạp mất khoảng {{time}}{{basis}}.',
    basis: {
      mapping_one: ', theo một lần nạp trước với ánh xạ này vào cơ sở dữ liệu này',
      mapping_other: ', theo {{count, number}} lần nạp trước với ánh xạ này vào cơ sở dữ liệu này',
      format_one: ', theo một lần nạp trước với loại tệp này',
      format_other: ', theo {{count, number}} lần nạp trước với loại tệp này',
      default: ' trên máy thông thường; sau lần nạp đầu tiên, Loadstone sẽ ước lượng sát hơn cho máy này',
    },
    web: 'Trong lúc đó bạn có thể làm việc khác hoặc đóng trang này, việc nạp vẫn tiếp tục. Khi xong sẽ có thông báo dù bạn đang ở màn hình nào, và từ trình duyệt nếu bạn cho phép trong phần cài đặt.',
    desktop:
      'Trong lúc đó bạn có thể làm việc khác. Nếu đóng cửa sổ cuối cùng, Loadstone sẽ hỏi trước vì việc nạp sẽ dừng lại. Khi xong sẽ có thông báo.',
    settings: 'Cài đặt thông báo',
  },
};
