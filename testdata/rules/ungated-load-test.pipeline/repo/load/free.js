import http from 'k6/http';
import { check } from 'k6';

// thresholds: some day
export default function () {
  check(http.get(__ENV.BASE_URL), { fast: (r) => r.timings.duration < 200 });
}
