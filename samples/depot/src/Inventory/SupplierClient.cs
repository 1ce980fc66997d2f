namespace Inventory;

/// <summary>Orders goods at the supplier, and asks what has arrived.</summary>
public sealed class SupplierClient(HttpClient http)
{
    public async Task<string> OrderAsync(string article, int amount)
    {
        var answer = await http.PostAsync($"orders/{article}?amount={amount}", content: null);
        return answer.Content.ReadAsStringAsync().Result;
    }

    public Task<Dictionary<string, int>?> ArrivedAsync() => http.GetFromJsonAsync<Dictionary<string, int>>("arrived");
}
