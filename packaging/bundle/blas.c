/* What the reference BLAS and LAPACK ask of Fortran's run-time library, and of who hears of wrong arguments. */
#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* numpy checks its arguments itself, and reads the result's code. */
void xerbla_(const char *routine, const int64_t *argument, size_t length) {
  (void)routine, (void)argument, (void)length;
}

void cblas_xerbla(int64_t argument, const char *routine, const char *form, ...) {
  (void)argument, (void)routine, (void)form;
}

/* first // second, cut or filled with blanks. */
void _gfortran_concat_string(size_t room, char *to, size_t n1, const char *first, size_t n2, const char *second) {
  size_t taken = n1 < room ? n1 : room;
  memcpy(to, first, taken);
  size_t more = room - taken < n2 ? room - taken : n2;
  memcpy(to + taken, second, more);
  memset(to + taken + more, ' ', room - taken - more);
}

double _gfortran_pow_r8_i8(double base, int64_t exponent) {
  uint64_t left = exponent < 0 ? -(uint64_t)exponent : (uint64_t)exponent;
  double power = 1;
  for (; left; left >>= 1, base *= base)
    if (left & 1) power *= base;
  return exponent < 0 ? 1 / power : power;
}

float _gfortran_pow_r4_i8(float base, int64_t exponent) {
  uint64_t left = exponent < 0 ? -(uint64_t)exponent : (uint64_t)exponent;
  float power = 1;
  for (; left; left >>= 1, base *= base)
    if (left & 1) power *= base;
  return exponent < 0 ? 1 / power : power;
}
