namespace Returns;

/// <summary>Asks the carrier where a parcel is.</summary>
public sealed class CarrierClient(HttpClient http)
{
    public async Task<string> WhereAsync(string parcel) => await http.GetStringAsync($"https://carrier.example/parcels/{parcel}");
}
