#include <fstream>

#include "pricing/price_book.h"
