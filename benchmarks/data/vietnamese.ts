import type { Random } from './random.ts';

/** Invented people and places: words that are common everywhere, put together by chance. */
const FAMILY_NAMES = [
  'Nguyễn',
  'Trần',
  'Lê',
  'Phạm',
  'Hoàng',
  'Huỳnh',
  'Phan',
  'Vũ',
  'Võ',
  'Đặng',
  'Bùi',
  'Đỗ',
  'Hồ',
  'Ngô',
  'Dương',
  'Lý',
];
const MIDDLE_NAMES = [
  'Văn',
  'Thị',
  'Hữu',
  'Đức',
  'Minh',
  'Thanh',
  'Ngọc',
  'Quốc',
  'Xuân',
  'Thu',
  'Kim',
  'Bá',
  'Đình',
  'Hồng',
];
const GIVEN_NAMES = [
  'An',
  'Bình',
  'Cường',
  'Dũng',
  'Đạt',
  'Giang',
  'Hà',
  'Hạnh',
  'Hùng',
  'Hương',
  'Khánh',
  'Lan',
  'Linh',
  'Mai',
  'Nam',
  'Nga',
  'Phúc',
  'Phương',
  'Quân',
  'Sơn',
  'Thảo',
  'Thủy',
  'Trang',
  'Tuấn',
  'Uyên',
  'Việt',
  'Yến',
];
const STREETS = [
  'Hoa Sữa',
  'Cây Đa',
  'Giếng Cổ',
  'Đồng Xanh',
  'Bờ Hồ',
  'Chợ Mới',
  'Cầu Gỗ',
  'Bến Đò',
  'Đường Làng',
  'Ruộng Bậc Thang',
];
const COMMUNES = [
  'Xã Đồi Chè',
  'Xã Suối Trong',
  'Xã Đồng Lúa',
  'Phường Hoa Sen',
  'Thị trấn Cầu Đá',
  'Xã Rừng Thông',
  'Xã Bãi Ngô',
  'Phường Giếng Ngọc',
];
const DISTRICTS = ['Huyện Núi Xanh', 'Huyện Sông Êm', 'Thị xã Đường Hoa', 'Huyện Ruộng Vàng'];
const PROVINCES = ['Tỉnh Mẫu Đông', 'Tỉnh Mẫu Tây', 'Tỉnh Mẫu Nam'];
const NOTES = [
  'Hồ sơ đã được đối chiếu với bản gốc lưu tại văn phòng đăng ký',
  'Thửa đất giáp mương thủy lợi, ranh giới ổn định, không có tranh chấp',
  'Nhận chuyển nhượng quyền sử dụng đất & tài sản gắn liền với đất',
  'Đo đạc lại theo bản đồ địa chính mới, diện tích thay đổi do sai số < 0,5 %',
  'Chủ sử dụng đề nghị cấp đổi giấy chứng nhận do giấy cũ bị rách, mờ chữ',
  'Được Nhà nước giao đất có thu tiền sử dụng đất, đã nộp đủ nghĩa vụ tài chính',
  'Đất thừa kế từ cha mẹ, có văn bản phân chia di sản được chứng thực',
];

export function personName(random: Random): string {
  return `${random.pick(FAMILY_NAMES)} ${random.pick(MIDDLE_NAMES)} ${random.pick(GIVEN_NAMES)}`;
}

export function address(random: Random): string {
  return `Số ${random.between(1, 400)}, đường ${random.pick(STREETS)}, thôn ${random.between(1, 12)}, ${commune(random)}, ${district(random)}, ${province(random)}`;
}

export function commune(random: Random): string {
  return random.pick(COMMUNES);
}

export function district(random: Random): string {
  return random.pick(DISTRICTS);
}

export function province(random: Random): string {
  return random.pick(PROVINCES);
}

/** `least` to `most` sentences of remarks. */
export function note(random: Random, least: number, most: number): string {
  return `${Array.from({ length: random.between(least, most) }, () => random.pick(NOTES)).join('. ')}.`;
}

export function isoDate(random: Random, firstYear: number, lastYear: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${random.between(firstYear, lastYear)}-${two(random.between(1, 12))}-${two(random.between(1, 28))}`;
}

export function isoTimestamp(random: Random, firstYear: number, lastYear: number): string {
  const two = (value: number): string => String(value).padStart(2, '0');
  return `${isoDate(random, firstYear, lastYear)} ${two(random.between(0, 23))}:${two(random.between(0, 59))}:${two(random.between(0, 59))}`;
}

export function decimal(random: Random, most: number, digits = 2): string {
  return `${random.between(1, most)}.${random.digits(digits)}`;
}
