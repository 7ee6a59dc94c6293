"""What a letter says, in sentences and blocks; knows neither fonts nor paper."""
