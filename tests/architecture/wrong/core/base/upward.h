#pragma once

#include "pricing/price_book.h"
