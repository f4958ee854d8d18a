#include "pricing/price_book.h"

#include <fstream>
